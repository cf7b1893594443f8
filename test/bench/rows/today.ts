import { join } from 'node:path';

import { GIB, KIB, MIB } from '../../measure/places';
import {
	atLeast,
	mebibytes,
	rangeInSeconds,
	seconds,
	type Figure,
	type RowReport,
	type Table,
} from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { createRealN8n, installN8n, packProject, type N8nInstall, type RealN8n } from '../../n8n';
import { freshFolder } from '../places';
import { executeAndWatch } from '../real/execute';
import { writeLargeFile, writeSmallFiles } from '../real/input';
import { forgetFiles } from '../real/storage';
import { credentialFor, httpFlow, NO_REDIRECTS, ourFlow, type Flow } from '../real/workflows';
import type { Scale } from '../scale';
import { startService, type Service } from '../service';
import { measureHelper } from './helper';
import { ahead, tenTimes } from './verdicts';

/** One piece of work, done by several flows in turn. */
interface Work {
	title: string;
	service: Service;
	files: number;
	/** Ours, what it is measured against, and more to compare with. */
	flows: Flow[];
}

const LATENCY = 40;
const FILE_SIZE = 64 * KIB;
/** Calls a second that DingTalk allows, and the pause that keeps to it with batches of 20. */
const CALLS_PER_SECOND = 20;
const BATCHES = { batching: { batch: { batchSize: CALLS_PER_SECOND, batchInterval: 1100 } } };

/** What people use today, on the same work. */
export async function measureToday(scale: Scale): Promise<RowReport> {
	const { quick, runs, say } = scale;
	const folder = await freshFolder('today');
	const size = quick ? 64 * MIB : GIB;
	const count = quick ? 40 : 100;
	const inputFolder = join(folder, 'input');
	const input = {
		large: await writeLargeFile(inputFolder, size),
		small: await writeSmallFiles(inputFolder, count, FILE_SIZE),
	};
	const install = await installN8n({ log: say });
	const packed = { install, tarball: await packProject({ log: say }) };
	const plain = await startService('--hashes', 'md5,crc64');
	const limited = await startService(
		...['--hashes', 'md5,crc64', '--latency', String(LATENCY)],
		...['--calls-per-second', String(CALLS_PER_SECOND)],
	);
	try {
		const works = worksOf({ plain, limited }, input, { size, count });
		const results: Table[] = [];
		const figures: Figure[] = [];
		for (const [index, work] of works.entries()) {
			const n8n = await prepare(packed, join(folder, `n8n-${index}`), work, inputFolder);
			const rounds = await measure(n8n, work, runs, say);
			figures.push(...figuresOf(work, rounds, index === 0));
			results.push(tableOf(work, rounds));
		}
		const helper = await measureHelper({ plain, limited }, { ...scale, size, count });
		return report(install.version, [...figures, ...helper.figures], [...results, ...helper.tables]);
	} finally {
		await Promise.all([plain.stop(), limited.stop()]);
	}
}

function worksOf(
	{ plain, limited }: Record<'plain' | 'limited', Service>,
	input: Record<'large' | 'small', string>,
	{ size, count }: { size: number; count: number },
): Work[] {
	const { large, small } = input;
	return [
		{
			title: `One file of ${mebibytes(size)}, real n8n`,
			service: plain,
			files: 1,
			flows: [
				ourFlow(plain, 'Upload File', large),
				httpFlow(plain, 'HTTP Request nodes', large),
				httpFlow(plain, 'HTTP Request nodes, redirects off', large, { put: NO_REDIRECTS }),
			],
		},
		{
			title: `${count} files of 64 KiB, ${LATENCY} ms, ${CALLS_PER_SECOND} calls a second, real n8n`,
			service: limited,
			files: count,
			flows: [
				ourFlow(limited, 'Upload File', small),
				httpFlow(limited, 'HTTP Request nodes, batches of 20', small, { each: BATCHES }),
			],
		},
	];
}

async function prepare(
	{ install, tarball }: { install: N8nInstall; tarball: string },
	userFolder: string,
	{ service, flows }: Work,
	inputFolder: string,
): Promise<RealN8n> {
	const env = { N8N_RESTRICT_FILE_ACCESS_TO: inputFolder };
	const n8n = await createRealN8n(install, { userFolder, env });
	await n8n.installPackage(tarball);
	await n8n.importCredentials([credentialFor(service)]);
	await n8n.importWorkflows(flows.map(({ workflow }) => workflow));
	return n8n;
}

async function measure(
	n8n: RealN8n,
	{ title, service, files, flows }: Work,
	runs: number,
	say: (line: string) => void,
): Promise<Rounds<string>> {
	const values = new Rounds<string>();
	for (let round = 1; round <= runs; round++) {
		for (const flow of flows) {
			await service.reset();
			const outcome = await executeAndWatch(n8n, flow);
			await forgetFiles(n8n);
			const stored = (await service.state()).files.length;
			if (stored !== files) throw new Error(`${flow.id}: ${stored} of ${files} files are there`);
			values.add(`${flow.id} ms`, outcome.ms);
			values.add(`${flow.id} growth`, outcome.growth);
			values.add(`${flow.id} whole`, outcome.wholeGrowth);
			const { ms, growth, wholeGrowth } = outcome;
			const memory = `+${mebibytes(growth)}, +${mebibytes(wholeGrowth)}`;
			say(`${title} – ${flow.id}: ${seconds(ms)}, ${memory}`);
		}
	}
	return values;
}

function figuresOf({ title, flows }: Work, rounds: Rounds<string>, memory: boolean): Figure[] {
	const [ours, { id }] = flows;
	const faster = rounds.ratio(`${id} ms`, `${ours.id} ms`);
	const name = `${title}: time of ${id} ÷ ours`;
	if (!memory) return [ahead(name, faster)];
	const growth = (what: string) =>
		rounds.median(`${id} ${what}`) / Math.max(rounds.median(`${ours.id} ${what}`), MIB);
	return [
		atLeast(name, faster, 2),
		tenTimes(`${title}: memory growth of ${id} ÷ ours, uploading`, growth('growth')),
		tenTimes(`${title}: memory growth of ${id} ÷ ours, whole execution`, growth('whole')),
	];
}

function tableOf({ title, flows }: Work, rounds: Rounds<string>): Table {
	const row = ({ id }: Flow) => [
		id,
		seconds(rounds.median(`${id} ms`)),
		rangeInSeconds(rounds.range(`${id} ms`)),
		rounds.ratio(`${id} ms`, `${flows[0].id} ms`).toFixed(2),
		mebibytes(rounds.median(`${id} growth`)),
		mebibytes(rounds.median(`${id} whole`)),
	];
	const memory = ['Memory growth, uploading', 'Memory growth, whole execution'];
	return [[title, 'Time (median)', 'Range (s)', 'Time ÷ ours', ...memory], ...flows.map(row)];
}

function report(n8nVersion: string, figures: Figure[], tables: Table[]): RowReport {
	return {
		id: 'd',
		title: 'What people use today',
		about: `The same work in the same real n8n (${n8nVersion}): our packed node, and HTTP Request nodes in a row (token, upload info, merge with the file, PUT, commit). Times are n8n's own, from the first request to the last answer, without reading the files from the disk; memory is that of n8n's process, sampled every 10 ms, over what it held before the first request, and over the start of the execution (then n8n's own reading of the files is in it). The helper is a node of a few lines in n8n's engine, against ours in the same engine.`,
		figures,
		tables,
		notes: [
			"Of the growth over a whole execution with the large file, some 80 MiB are n8n's own, left by its node that reads the file from the disk; they are in both figures.",
			'Times in real n8n are longer and vary more than in its engine, with every flow: each execution is a fresh process of n8n, whose code is still being compiled and whose task runner starts beside it, on the cores that the storage needs too.',
			"A careful user has to find: an empty Content-Type in the headers as JSON (the node sends the file's own type, and the storage refuses the signature), a Merge by position to get the file back, batches of 20 with more than a second in between for more than 20 files, and a time limit of more than 300 s for large files on a slow line. None of it retries, checks the bytes or waits for a refused call.",
			'With redirects left on, which is the default, the whole body is kept in memory for a redirect that never comes.',
			'With redirects off and nothing checked, the memory is the same as ours. What that saves is the CRC-64 (its cost is in row a), the proof that the stored bytes are the read ones.',
		],
	};
}
