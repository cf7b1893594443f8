import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { projectFolder } from '../measure/places';
import { SoakedProcess } from './child';
import { toTerminal } from './page';
import { Random } from './random';
import { writeResult } from './result';
import { startSoakedDingTalk, startSoakedPds } from './services';
import { Soak, MOST_CONNECTIONS } from './soak';
import { verdictOf } from './verdict';

/** Minutes; runs that are shorter show that the soak works and are no results. */
const WHOLE_RUN = 30;

/** Minutes. */
const SHORTEST_RUN = 2;

const resultFolder = join(projectFolder, '.cache', 'soak');
const dataFolder = join(resultFolder, 'n8n');

/** Uploads for half an hour in one process and judges whether anything grew. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string', default: String(WHOLE_RUN) },
			seed: { type: 'string', default: '1' },
		},
	});
	const length = Number(values.minutes) * 60;
	if (!(length >= SHORTEST_RUN * 60)) {
		throw new Error(
			`--minutes has to be ${SHORTEST_RUN} at least: before, caches are still filling`,
		);
	}
	await rm(dataFolder, { recursive: true, force: true });
	await mkdir(dataFolder, { recursive: true });
	const dingTalk = await startSoakedDingTalk();
	const pds = await startSoakedPds();
	const watched = await SoakedProcess.start({ dataFolder, dingTalk, pds });
	try {
		const random = new Random(Number(values.seed));
		const soak = new Soak({ watched, dingTalk, pds, dataFolder, random });
		const run = await soak.run(length);
		const verdict = verdictOf({ ...run, mostConnections: MOST_CONNECTIONS });
		const result = { ...run, verdict, seed: Number(values.seed) };
		const isWhole = Number(values.minutes) >= WHOLE_RUN;
		await writeResult(result, isWhole ? join(projectFolder, 'docs') : resultFolder, resultFolder);
		process.stdout.write(toTerminal(result));
		if (verdict.some(({ reached }) => !reached)) process.exitCode = 1;
	} finally {
		await Promise.all([watched.stop(), dingTalk.stop(), pds.stop()]);
		await rm(dataFolder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
