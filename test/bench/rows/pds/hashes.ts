import { pathOf } from '../../../measure/binary-store';
import { MIB } from '../../../measure/places';
import { seconds, type Table } from '../../../measure/report';
import { Rounds } from '../../../measure/stats';
import { Worker } from '../../child';
import type { HashName } from '../../hashing';
import { READ_SIZE, type Staged } from './contenders';

/** What reading alone takes, and reading with each checksum: milliseconds of processor time. */
export type HashTimes = Rounds<HashName | 'reading'>;

const HASHES: Array<HashName | undefined> = [undefined, 'md5', 'sha1', 'hash-wasm', 'crc64'];

const ABOUT: Record<HashName, string> = {
	md5: "MD5 (Node.js'): of each part, only where the storage tells no CRC-64",
	sha1: "SHA-1 (Node.js'): of the file, parts in order",
	'hash-wasm': 'SHA-1 (hash-wasm): of the file, parts in any order',
	crc64: 'CRC-64 (hash-wasm): of each part; that of the file is put together from them',
};

/** Takes each checksum of a file, the way the node does. */
export async function measureHashes(staged: Staged, runs: number): Promise<HashTimes> {
	const { dataFolder, file } = staged;
	const path = pathOf(dataFolder, file);
	const worker = new Worker(dataFolder);
	const times: HashTimes = new Rounds();
	try {
		for (let round = 0; round <= runs; round++) {
			for (const hash of HASHES) {
				const { cpu } = await worker.run({ kind: 'read', path, readSize: READ_SIZE, hash });
				if (round > 0) times.add(hash ?? 'reading', cpu);
			}
		}
	} finally {
		await worker.stop();
	}
	return times;
}

/** Processor time of a checksum without the reading. */
export function hashTime(times: HashTimes, hash: HashName): number {
	return Math.max(0, times.median(hash) - times.median('reading'));
}

export function hashTable(times: HashTimes, size: number): Table {
	const rate = (ms: number) => `${(size / MIB / (ms / 1000)).toFixed(0)} MiB/s`;
	const row = (name: string, ms: number) => [name, seconds(ms), ms > 0 ? rate(ms) : '–'];
	return [
		['Part of the work', 'Processor time', 'Rate'],
		row('Reading the file', times.median('reading')),
		...(Object.keys(ABOUT) as HashName[]).map((hash) => row(ABOUT[hash], hashTime(times, hash))),
	];
}
