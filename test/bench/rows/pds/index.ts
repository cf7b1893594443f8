import { partSizeFor } from '../../../../nodes/AlibabaCloudPds/upload/plan';
import { GIB, MIB } from '../../../measure/places';
import {
	atLeast,
	mebibytes,
	seconds,
	type Figure,
	type RowReport,
	type Table,
} from '../../../measure/report';
import type { HashName } from '../../hashing';
import { startPdsService } from '../../pds/service';
import { freshFolder } from '../../places';
import type { Scale } from '../../scale';
import { stageFiles } from '../../stage';
import { AT_A_TIME, WAYS, type Staged, type Way } from './contenders';
import { hashTable, hashTime, measureHashes, type HashTimes } from './hashes';
import type { Peaks } from '../peaks';
import { measurePeaks, peakTable } from './peak';
import { measureSpeeds, speedOf, speedTable, type Speeds, type Uploader } from './speed';

/** Of each connection to the slow storage: MiB a second. */
const CAP = 25;

/** Everything that was measured, and of which sizes. */
interface Measured {
	size: number;
	free: Speeds;
	cappedSize: number;
	capped: Speeds;
	hashes: HashTimes;
	sizes: number[];
	peaks: Peaks;
}

/** Upload File of the PDS node: speed, what parts at a time bring on slow connections, memory. */
export async function measurePds(scale: Scale): Promise<RowReport> {
	const { quick, runs } = scale;
	const size = quick ? 64 * MIB : GIB;
	const cappedSize = quick ? 32 * MIB : 256 * MIB;
	const sizes = quick ? [32 * MIB, 64 * MIB] : [256 * MIB, GIB];
	const cap = ['--bytes-per-second-per-connection', String(CAP * MIB)];
	const fast = await startPdsService('--hashes=crc64');
	const slow = await startPdsService('--hashes=crc64', ...cap);
	try {
		const staged = await stage('pds', size);
		const free = await measureSpeeds(fast, staged, staged, scale);
		const hashes = await measureHashes(staged, runs);
		// Of two parts: it takes both ways, and little time.
		const warmUp = await stage('pds-capped', partSizeFor(cappedSize) + MIB);
		const cappedFile = await stageIn(warmUp.dataFolder, cappedSize);
		const capped = await measureSpeeds(slow, cappedFile, warmUp, scale);
		const peaks = await measurePeaks(fast, sizes, scale);
		return report({ size, free, cappedSize, capped, hashes, sizes, peaks });
	} finally {
		await Promise.all([fast.stop(), slow.stop()]);
	}
}

async function stage(name: string, size: number): Promise<Staged> {
	return await stageIn(await freshFolder(name), size);
}

async function stageIn(dataFolder: string, size: number): Promise<Staged> {
	const [file] = await stageFiles(dataFolder, 1, size);
	return { dataFolder, file, size };
}

function report(measured: Measured): RowReport {
	const { size, free, cappedSize, capped, hashes, sizes, peaks } = measured;
	return {
		id: 'f',
		title: `Alibaba Cloud PDS: ${mebibytes(size)} by parts`,
		about: `Upload File (create, addresses of the parts, PUTs, complete) in n8n's engine, filesystem mode, against PUTs of the same parts by bare undici, as many at a time, to the same storage process; the addresses are got beforehand by the same API. Parallel is the default, ${AT_A_TIME.parallel} parts at a time in any order; sequential is Max Concurrency 1. The storage takes the CRC-64 that OSS tells of each part, and in parallel mode the SHA-1 states that PDS checks. Tables, in this order: figures to be reached and more ratios of speed, medians over the rounds (1.00 is as fast); ${mebibytes(size)} on free connections; ${mebibytes(cappedSize)} on connections of ${CAP} MiB/s each; the work the node does on its own; growth of the process as in row (b).`,
		figures: figures(measured),
		tables: [
			ratios(measured),
			speedTable(free, size),
			speedTable(capped, cappedSize),
			hashTable(hashes, size),
			peakTable(peaks, sizes),
		],
		notes: notes(measured),
	};
}

function figures({ size, free, cappedSize, capped }: Measured): Figure[] {
	return [
		...WAYS.map((way) =>
			atLeast(
				`${mebibytes(size)}, ${way}: speed ÷ undici`,
				speedOf(free, `Upload File, ${way}`, `undici, ${way}`),
				0.7,
			),
		),
		atLeast(
			`${mebibytes(cappedSize)} at ${CAP} MiB/s, parallel: speed ÷ undici`,
			speedOf(capped, 'Upload File, parallel', 'undici, parallel'),
			0.96,
		),
	];
}

function ratios({ cappedSize, capped }: Measured): Table {
	const what = `${mebibytes(cappedSize)} at ${CAP} MiB/s`;
	const ratio = (name: string, one: Uploader, other: Uploader) => [
		`${what}${name}`,
		speedOf(capped, one, other).toFixed(2),
	];
	return [
		['Speed ÷ speed', 'Measured'],
		ratio(
			': Upload File, parallel ÷ sequential',
			'Upload File, parallel',
			'Upload File, sequential',
		),
		ratio(': undici, parallel ÷ sequential', 'undici, parallel', 'undici, sequential'),
		ratio(', sequential: Upload File ÷ undici', 'Upload File, sequential', 'undici, sequential'),
	];
}

function notes({ size, free, hashes }: Measured): string[] {
	const hash = (name: HashName) => seconds(hashTime(hashes, name));
	const price = (way: Way, sha1: HashName) => {
		const node = free.processor.median(`Upload File, ${way}`);
		const bare = free.processor.median(`undici, ${way}`);
		const rest = node - bare - hashTime(hashes, 'crc64') - hashTime(hashes, sha1);
		return `${way} Upload File uses ${seconds(node)} of processor time, bare undici ${seconds(bare)}; the CRC-64 of the parts is ${hash('crc64')} of the difference, the SHA-1 of the file ${hash(sha1)}, and ${seconds(rest)} are neither`;
	};
	return [
		`Where the time goes, for ${mebibytes(size)}: ${price('parallel', 'hash-wasm')}. ${price('sequential', 'sha1')}. Parts in any order need the state of the SHA-1, which that of Node.js does not tell.`,
		"What is neither is mostly V8's garbage collection, as a processor profile shows. Each chunk that n8n's store reads is memory of its own outside of V8's heap, which V8 counts all the same: with the parts of four at a time beside them it marks its whole heap again after every few dozen MiB, on other threads as well (Node.js 20 and 22), and with one part at a time it collects the young memory alone. Bare undici meets the same in some runs and not in others, which spreads its processor time. Copying into the memory of the parts, iterators and undici are small beside it. Reads of 1 MiB make it worse.",
		'Checksums are taken on the one thread that also sends. The local storage does all its work on one thread as well, so parts at a time can bring little on free connections.',
		'A part is in memory until it is stored, because it may have to be sent again. Each of the parts at a time has a memory of its own, which the next part uses again, so the process grows by little more than part size × parts at a time beyond what it grows for read buffers, as bare undici does, which could send nothing twice.',
	];
}
