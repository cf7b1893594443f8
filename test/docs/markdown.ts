/** A table of Markdown. @param rows cells may carry Markdown, but no line breaks */
export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Plain text, so that nothing in it becomes Markdown; {@link table} takes care of its `|`. */
export function plain(text: string): string {
	return text.replace(/[*<]|(?<![A-Za-z\d])_|_(?![A-Za-z\d])/g, '\\$&');
}

export function code(text: string): string {
	return `\`${text}\``;
}

const SECTION = /<!-- made by npm run docs: (.+?) -->/g;

/** The sections of a page that are made by `npm run docs`, by name. */
export function sectionsIn(page: string): string[] {
	return [...page.matchAll(SECTION)].map(([, name]) => name);
}

/**
 * The page with this text between the marks of a section.
 *
 * @throws {Error} when the page has no such marks
 */
export function withSection(page: string, name: string, text: string): string {
	const [begin, end] = [`<!-- made by npm run docs: ${name} -->`, `<!-- end of ${name} -->`];
	const [before, rest = ''] = page.split(begin);
	const [, after] = rest.split(end);
	if (after === undefined) throw new Error(`The page has no place for: ${begin} … ${end}`);
	return [before, begin, `\n\n${text}\n\n`, end, after].join('');
}
