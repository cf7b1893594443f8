import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { toText, type RowReport } from '../measure/report';
import { writeDocument } from './document';
import { benchFolder } from './places';
import { measureDownload } from './rows/download';
import { measureEventLoop } from './rows/event-loop';
import { measureManyFiles } from './rows/many-files';
import { measureMemory } from './rows/memory';
import { measurePds } from './rows/pds';
import { measurePlanning } from './rows/planning';
import { measureRate } from './rows/rate';
import { measureSmallFiles } from './rows/small-files';
import { measureThroughput } from './rows/throughput';
import { measureToday } from './rows/today';
import type { Scale } from './scale';

const ROWS: Record<string, (scale: Scale) => Promise<RowReport>> = {
	a: measureThroughput,
	b: measureMemory,
	c: measureSmallFiles,
	d: measureToday,
	e: measureRate,
	f: measurePds,
	g: measureEventLoop,
	h: measureManyFiles,
	i: measurePlanning,
	j: measureDownload,
};

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Measures the rows that are named, or all of them. */
async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } },
		allowPositionals: true,
	});
	const wanted = positionals.length > 0 ? positionals : Object.keys(ROWS);
	const { quick } = values;
	const runs = Number(values.runs ?? (quick ? 1 : 3));
	const unknown = wanted.find((id) => !(id in ROWS));
	if (unknown) throw new Error(`There is no row ${unknown}, only ${Object.keys(ROWS).join(' ')}`);
	try {
		for (const id of wanted) {
			const say = (line: string) => void process.stderr.write(`  (${id}) ${line}\n`);
			const report = await ROWS[id]({ quick, runs, say });
			print(`\n${toText(report)}`);
			// Small sizes measure start-up; they are no results.
			if (!quick) await writeDocument(report);
		}
	} finally {
		await rm(benchFolder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
