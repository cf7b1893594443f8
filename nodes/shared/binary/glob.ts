/**
 * Whether a name matches a pattern in which `*` stands for any text.
 *
 * Searches instead of using a regular expression, which could take practically forever for several
 * stars and a long name; names come from whoever sends the files.
 */
export function globMatches(pattern: string, name: string): boolean {
	const [first, ...rest] = pattern.split('*');
	const last = rest.pop();
	if (last === undefined) return name === pattern;
	if (!name.startsWith(first)) return false;
	let from = first.length;
	for (const piece of rest) {
		const at = name.indexOf(piece, from);
		if (at < 0) return false;
		from = at + piece.length;
	}
	return name.length - last.length >= from && name.endsWith(last);
}
