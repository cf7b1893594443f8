import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';

import { projectFolder } from '../engine';
import type { MatrixFault } from './faults';
import type { Row } from './matrix';
import type { Sight } from './play';
import type { Step } from './steps';

const PAGE = join(projectFolder, 'docs', 'reliability.md');

/** Compares a table of the page with what was seen, or writes it (`FAULT_MATRIX=write`). */
export async function checkSection(section: string, step: Step, rows: Row[]): Promise<void> {
	const [begin, end] = [`<!-- fault matrix: ${section} -->`, `<!-- end of ${section} -->`];
	const page = await readFile(PAGE, 'utf8');
	const [before, rest = ''] = page.split(begin);
	const [, after] = rest.split(end);
	if (after === undefined) throw new Error(`${PAGE} has no place for: ${begin} … ${end}`);
	const wanted = [before, begin, `\n\n${tableOf(step, rows)}\n\n`, end, after].join('');
	if (process.env.FAULT_MATRIX === 'write') await writeFile(PAGE, wanted);
	expect(await readFile(PAGE, 'utf8')).toBe(wanted);
}

/** A line for all faults that look the same to the user. */
function tableOf(step: Step, rows: Row[]): string {
	const groups = new Map<string, { row: Row; faults: MatrixFault[] }>();
	for (const row of rows) {
		const sights = [row.once, row.always].map(
			(sight) => sight && { ...sight, title: seen(row, sight) },
		);
		const key = JSON.stringify(sights);
		const group = groups.get(key) ?? { row, faults: [] };
		group.faults.push(row.fault);
		groups.set(key, group);
	}
	const lines = [...groups.values()].flatMap(({ row, faults }) => {
		const what = listOf(faults);
		if (!row.once) return [line([what, '', ...cells(row, row.always)])];
		return [
			line([what, 'once', ...cells(row, row.once)]),
			line(['', 'always', ...cells(row, row.always)]),
		];
	});
	const head = ['What goes wrong', '', 'What the user sees', 'Requests', 'Stored', 'Lost'];
	return [`${step.about}.`, '', line(head), `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

/** Faults of one family in one piece. */
function listOf(faults: MatrixFault[]): string {
	const pieces = new Map<string, string[]>();
	for (const { what, family: [shared, own] = [what, ''] } of faults) {
		pieces.set(shared, [...(pieces.get(shared) ?? []), own].filter(Boolean));
	}
	return [...pieces]
		.map(([shared, own]) => (own.length > 0 ? `${shared}: ${own.join(', ')}` : shared))
		.join('; ');
}

function cells(row: Row, sight: Sight): string[] {
	const requests = Object.entries(sight.requests).map(([name, count]) =>
		name === 'refused' ? `${count} refused` : `${count} ${name}`,
	);
	return [seen(row, sight), requests.join(', '), sight.stored, sight.lost];
}

/** What an error of a documented code says is listed elsewhere. */
function seen({ fault }: Row, { title, lost }: Sight): string {
	if (!title) return 'nothing: it is uploaded';
	const hasText = !title.includes('(HTTP');
	if (fault.code && hasText && lost !== 'unknown, and it is said') return 'the text of the code';
	return `"${title}"`;
}

function line(texts: string[]): string {
	return `| ${texts.map((text) => text.replace(/\|/g, '\\|')).join(' | ')} |`;
}
