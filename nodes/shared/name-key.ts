/** Returns what the names that a service treats as one name have in common. */
export function nameKey(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
