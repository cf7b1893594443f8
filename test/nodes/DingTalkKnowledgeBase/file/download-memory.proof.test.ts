import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Worker } from '../../../bench/child';
import { startService, type Service } from '../../../bench/service';

const MIB = 1024 * 1024;

let service: Service;
let folder: string;
let worker: Worker;

beforeEach(async () => {
	service = await startService('--hashes', 'crc64');
	folder = await mkdtemp(join(tmpdir(), 'download-'));
	worker = new Worker(folder);
});
afterEach(async () => {
	await worker.stop();
	await service.stop();
	await rm(folder, { recursive: true, force: true });
});

/** By how many bytes a process grows that downloads such a file into n8n's store on disk. */
async function growthAt(size: number): Promise<number> {
	const { apiUrl, seed } = service;
	const dentry = await service.plant(size);
	return (await worker.measureMemory({ kind: 'download', apiUrl, seed, dentry })).growth;
}

it('a file of 512 MiB takes no more memory than a small one', async () => {
	// Loads n8n.
	await growthAt(MIB);
	expect(await growthAt(512 * MIB)).toBeLessThan(64 * MIB);
});
