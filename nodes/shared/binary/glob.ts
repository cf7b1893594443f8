/**
 * Whether a name fits a pattern in which `*` stands for any text.
 *
 * By search instead of a regular expression: with several stars and a long name one would take
 * longer than anybody waits, and names come from whoever sends the files.
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
