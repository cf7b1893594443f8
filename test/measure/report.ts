/** Cells of a table, the first row its header. */
export type Table = string[][];

/** A figure that is to be reached. */
export interface Figure {
	name: string;
	measured: string;
	toReach: string;
	reached: boolean;
}

/** What was measured of one row. */
export interface RowReport {
	id: string;
	title: string;
	/** What is measured and how, in a few sentences. */
	about: string;
	/** Empty where nothing is to be reached. */
	figures: Figure[];
	tables: Table[];
	/** Where the time goes, what to keep in mind. */
	notes: string[];
}

export function atLeast(name: string, value: number, limit: number): Figure {
	const toReach = `at least ${limit}`;
	return { name, measured: value.toFixed(2), toReach, reached: value >= limit };
}

export function atMost(name: string, value: number, limit: number): Figure {
	const measured = Number.isInteger(value) ? String(value) : value.toFixed(2);
	return { name, measured, toReach: `at most ${limit}`, reached: value <= limit };
}

/** @param value bytes */
export function atMostBytes(name: string, value: number, limit: number): Figure {
	const toReach = `at most ${mebibytes(limit)}`;
	return { name, measured: mebibytes(value), toReach, reached: value <= limit };
}

export function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Of the least and the most milliseconds: `1.76 – 1.86`, for a column that says they are seconds. */
export function rangeInSeconds(ends: [number, number]): string {
	return ends.map((value) => (value / 1000).toFixed(2)).join(' – ');
}

export function milliseconds(value: number): string {
	return `${value.toFixed(1)} ms`;
}

export function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

/** A row of the document, in Markdown. */
export function toMarkdown({ id, title, about, figures, tables, notes }: RowReport): string {
	return [
		`## (${id}) ${title}`,
		about,
		figures.length > 0 && figuresToMarkdown(figures),
		...tables.map(markdownTable),
		notes.map((note) => `- ${note}`).join('\n'),
	]
		.filter(Boolean)
		.join('\n\n');
}

/** A table of what was to be reached, in Markdown. */
export function figuresToMarkdown(figures: Figure[]): string {
	const verdicts = figures.map(({ name, measured, toReach, reached }) => [
		name,
		measured,
		toReach,
		reached ? 'reached' : '**missed**',
	]);
	return markdownTable([['Figure', 'Measured', 'To reach', ''], ...verdicts]);
}

export function markdownTable([header, ...rows]: Table): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The same for a terminal: columns lined up. */
export function toText({ id, title, figures, tables }: RowReport): string {
	const verdicts = figures.map(({ name, measured, toReach, reached }) => [
		name,
		measured,
		toReach,
		reached ? '✓' : '✗',
	]);
	const all = [verdicts, ...tables].filter((table) => table.length > 0);
	return [`(${id}) ${title}`, ...all.map(textTable)].join('\n\n');
}

function textTable(rows: Table): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
		.map((row) =>
			`  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd(),
		)
		.join('\n');
}
