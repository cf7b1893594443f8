/** Name and extension: 'a.tar.gz' → 'a.tar', 'gz'; a leading dot starts no extension. */
export function splitName(name: string): { stem: string; extension: string } {
	const dot = name.lastIndexOf('.');
	if (dot <= 0) return { stem: name, extension: '' };
	return { stem: name.slice(0, dot), extension: name.slice(dot + 1) };
}
