import { pathOf } from '../../measure/binary-store';
import { GIB, MIB } from '../../measure/places';
import { atLeast, atMost, rangeInSeconds, seconds, type RowReport } from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { curlUpload } from '../curl';
import type { HashName } from '../hashing';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService, type Service } from '../service';
import { stageFiles } from '../stage';

type Contender =
	| 'Upload File'
	| 'undici.request'
	| 'undici.request, reads of 256 KiB'
	| 'curl -T'
	| 'Upload File, storage without checksums'
	| 'undici.request, storage without checksums'
	| 'curl -T, storage without checksums'
	| 'reading the file'
	| HashContender;

type HashContender = (typeof HASHES)[number]['name'];

/** The node takes the first. The others are what a node could take instead, and what PDS takes. */
const HASHES = [
	{ name: 'reading the file and taking its CRC-64 (hash-wasm)', hash: 'crc64' },
	{ name: "reading the file and taking its MD5 (Node.js')", hash: 'md5' },
	{ name: "reading the file and taking its SHA-1 (Node.js')", hash: 'sha1' },
] as const;

interface Taken {
	ms: number;
	/** Milliseconds of processor time of the process; curl's is not known. */
	cpu?: number;
}

const READ_SIZE = 256 * 1024;

/** One large file: how near the node comes to a bare client on the same wire. */
export async function measureThroughput({ quick, runs, say }: Scale): Promise<RowReport> {
	const size = quick ? 64 * MIB : GIB;
	const dataFolder = await freshFolder('throughput');
	const [file] = await stageFiles(dataFolder, 1, size);
	const path = pathOf(dataFolder, file);
	const hashing = await startService('--hashes', 'md5,crc64');
	const plain = await startService('--hashes', 'none');
	const node = new Worker(dataFolder);
	const bare = new Worker(dataFolder);
	const upload = async ({ apiUrl, seed }: Service) =>
		await node.run({ kind: 'node', apiUrl, seed, files: [file] });
	const undici = async (service: Service, readSize?: number) =>
		await bare.run({ kind: 'undici', path, readSize, permit: await service.permit() });
	const curl = async (service: Service): Promise<Taken> => ({
		ms: await curlUpload(path, await service.permit()),
	});
	const read = async (hash?: HashName) =>
		await bare.run({ kind: 'read', path, readSize: READ_SIZE, hash });
	const contenders: Record<Contender, () => Promise<Taken>> = {
		'Upload File': async () => await upload(hashing),
		'undici.request': async () => await undici(hashing),
		'undici.request, reads of 256 KiB': async () => await undici(hashing, READ_SIZE),
		'curl -T': async () => await curl(hashing),
		'Upload File, storage without checksums': async () => await upload(plain),
		'undici.request, storage without checksums': async () => await undici(plain, READ_SIZE),
		'curl -T, storage without checksums': async () => await curl(plain),
		'reading the file': async () => await read(),
		...hashContenders(read),
	};
	const rounds = new Rounds<Contender>();
	const processor = new Rounds<Contender>();
	try {
		for (let round = 0; round <= runs; round++) {
			for (const [name, measure] of entries(contenders)) {
				const { ms, cpu } = await measure();
				// The first round warms up: code is compiled, the file comes into memory.
				if (round === 0) continue;
				rounds.add(name, ms);
				if (cpu !== undefined) processor.add(name, cpu);
			}
			say(`round ${round}`);
		}
	} finally {
		await Promise.all([node.stop(), bare.stop(), hashing.stop(), plain.stop()]);
	}
	return report(rounds, processor, size);
}

function report(rounds: Rounds<Contender>, processor: Rounds<Contender>, size: number): RowReport {
	const row = (name: Contender) => [
		name,
		seconds(rounds.median(name)),
		rangeInSeconds(rounds.range(name)),
		`${(size / MIB / (rounds.median(name) / 1000)).toFixed(0)} MiB/s`,
		processor.has(name) ? seconds(processor.median(name)) : '–',
		rounds.ratio(name, 'Upload File').toFixed(2),
	];
	const names: Contender[] = [
		'Upload File',
		'undici.request',
		'undici.request, reads of 256 KiB',
		'curl -T',
		'Upload File, storage without checksums',
		'undici.request, storage without checksums',
		'curl -T, storage without checksums',
		'reading the file',
		...HASHES.map(({ name }) => name),
	];
	const speed = (other: Contender) => rounds.ratio(other, 'Upload File');
	const plain = ', storage without checksums' as const;
	const used = processor.median('Upload File');
	const [crc64, md5, sha1] = HASHES.map(({ name }) =>
		seconds(Math.max(0, processor.median(name) - processor.median('reading the file'))),
	);
	return {
		id: 'a',
		title: `One file of ${size / MIB} MiB`,
		about:
			"Upload File (token, upload info, PUT with CRC-64, commit) in n8n's engine, filesystem mode, against the bare PUT of the same file to the same storage process. The storage takes MD5 and CRC-64 while it receives, as OSS does. Speeds are relative: 1.00 is as fast.",
		figures: [
			atLeast('speed ÷ undici.request', speed('undici.request'), 0.9),
			atLeast(
				'speed ÷ undici.request, reads of 256 KiB',
				speed('undici.request, reads of 256 KiB'),
				0.9,
			),
			atLeast('speed ÷ curl -T, storage with MD5 and CRC-64', speed('curl -T'), 0.97),
			atLeast(
				'speed ÷ curl -T, storage without checksums',
				rounds.ratio(`curl -T${plain}`, `Upload File${plain}`),
				0.75,
			),
			atMost('processor time, seconds per GiB', round2(used / 1000 / (size / GIB)), 1),
		],
		tables: [
			[
				['', 'Time (median)', 'Range (s)', 'Rate', 'Processor time', 'Time ÷ Upload File'],
				...names.map(row),
			],
		],
		notes: [
			`Where the time goes: Upload File uses ${seconds(used)} of processor time, ${seconds(processor.median('undici.request, reads of 256 KiB'))} of which a bare undici needs as well; taking the CRC-64 alone is ${crc64}. An MD5 would take ${md5}, a SHA-1 ${sha1}. The MD5 is taken only where the storage tells no CRC-64: then the file is read once more.`,
			'The checksum runs on the one thread that also sends, while the storage takes its own on another core. With two free cores both go on side by side; on a busy machine the node, which needs more processor time, gets later turns. On a wire slower than the rates above it costs no time.',
		],
	};
}

/** As it is told, so that what is told decides. */
function round2(value: number): number {
	return Number(value.toFixed(2));
}

function hashContenders(read: (hash: HashName) => Promise<Taken>) {
	const pairs = HASHES.map(({ name, hash }) => [name, async () => await read(hash)]);
	return Object.fromEntries(pairs) as Record<HashContender, () => Promise<Taken>>;
}

function entries<Name extends string, Value>(of: Record<Name, Value>): Array<[Name, Value]> {
	return Object.entries(of) as Array<[Name, Value]>;
}
