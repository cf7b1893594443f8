import { join } from 'node:path';

import { checkPage, readPage } from '../docs/check';
import { table, withSection } from '../docs/markdown';
import type { MatrixFault } from './faults';
import type { Row } from './matrix';
import type { Sight } from './play';
import type { Step } from './steps';

const PAGE = join('test', 'fault-matrix', 'README.md');

/** Compares a table of the page with what was seen, or writes it (`npm run docs`). */
export function checkSection(section: string, step: Step, rows: Row[]): void {
	checkPage(PAGE, withSection(readPage(PAGE), section, tableOf(step, rows)));
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
		if (!row.once) return [[what, '', ...cells(row, row.always)]];
		return [
			[what, 'once', ...cells(row, row.once)],
			['', 'always', ...cells(row, row.always)],
		];
	});
	const head = ['What goes wrong', '', 'What the user sees', 'Requests', 'Stored', 'Lost'];
	return `${step.about}.\n\n${table(head, lines)}`;
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
