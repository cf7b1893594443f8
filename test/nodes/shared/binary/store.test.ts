import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { getEventListeners } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';

import { storeFile } from '../../../../nodes/shared/binary';
import { toUploadError, UploadError } from '../../../../nodes/shared/errors';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { openTimers } from '../../support/open-handles';

const KEPT = { mimeType: 'text/plain', data: 'filesystem-v2' } as IBinaryData;

type Prepare = IExecuteFunctions['helpers']['prepareBinaryData'];

/** Chunks, and whether they were left. */
class Chunks {
	isLeft = false;

	constructor(private readonly given: Array<Buffer | Error | 'forever'>) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		try {
			for (const each of this.given) {
				if (each instanceof Error) throw each;
				if (each === 'forever') await new Promise(() => {});
				yield each as Buffer;
			}
		} finally {
			this.isLeft = true;
		}
	}
}

async function store(
	chunks: Chunks,
	prepareBinaryData: Prepare,
	{ stop = new AbortController(), timeout = 60_000, fileName = 'a.bin', contentType = '' } = {},
) {
	const context = { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions;
	const transport = new UndiciTransport({ cancelSignal: stop.signal });
	const before = openTimers();
	const outcome = await storeFile(context, chunks, {
		...{ fileName, contentType, transport, timeout },
	}).catch((error: unknown) => toUploadError(error).facts);
	await expect.poll(openTimers).toBeLessThanOrEqual(before);
	expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
	return outcome;
}

/** A store that takes everything. @returns what it took, by name and type */
function takesAll() {
	const seen: Array<[string | undefined, string | undefined, string]> = [];
	const prepare: Prepare = async (stream, fileName, mimeType) => {
		let text = '';
		for await (const chunk of stream as Readable) text += String(chunk);
		seen.push([fileName, mimeType, text]);
		return KEPT;
	};
	return { seen, prepare };
}

const two = () => new Chunks([Buffer.from('ab'), Buffer.from('cd')]);

describe('a file for n8n’s binary store', () => {
	it('is given to it with name and type', async () => {
		const { seen, prepare } = takesAll();
		expect(await store(two(), prepare, { contentType: 'image/PNG' })).toBe(KEPT);
		expect(seen).toEqual([['a.bin', 'image/png', 'abcd']]);
	});

	it.each<[string, string, string | undefined]>([
		['application/octet-stream', 'a.pdf', undefined],
		['binary/octet-stream', 'a.pdf', undefined],
		['', 'a.pdf', undefined],
		['<script>', 'a.pdf', undefined],
		['text/html; charset=utf-8', 'a.pdf', 'text/html'],
		['', 'README', 'application/octet-stream'],
		['', '.gitignore', 'application/octet-stream'],
		['', 'end.', 'application/octet-stream'],
	])('of the type %j and the name %s has the type %s', async (contentType, fileName, type) => {
		const { seen, prepare } = takesAll();
		await store(two(), prepare, { contentType, fileName });
		expect(seen[0].slice(0, 2)).toEqual([fileName, type]);
	});

	it('that cannot be fetched fails with that, not with what the store says', async () => {
		const broke = new UploadError({ title: 'The connection broke', outcome: 'notSent' });
		const chunks = new Chunks([Buffer.from('ab'), broke]);
		const wraps: Prepare = async (stream) => {
			try {
				for await (const chunk of stream as Readable) void chunk;
			} catch {
				throw new Error('Could not write');
			}
			return KEPT;
		};
		expect(await store(chunks, wraps)).toMatchObject({ title: 'The connection broke' });
	});

	it('that the store refuses is said in words, and is left', async () => {
		const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
		const chunks = two();
		const outcome = await store(chunks, async (stream) => {
			for await (const chunk of stream as Readable) throw chunk ? full : full;
			return KEPT;
		});
		expect(outcome).toMatchObject({
			title: "The file could not be stored in n8n's binary store",
			code: 'ENOSPC',
		});
		await expect.poll(() => chunks.isLeft).toBe(true);
	});

	it('that the store refuses before it looks at it ends no process', async () => {
		const outcome = await store(two(), async () => await Promise.reject(new Error('no folder')));
		expect(outcome).toMatchObject({ title: "The file could not be stored in n8n's binary store" });
	});

	it('that the store stops taking is given up', async () => {
		const chunks = new Chunks([Buffer.alloc(2 ** 20), Buffer.alloc(2 ** 20)]);
		const stalls: Prepare = async (stream) => {
			(stream as Readable).read();
			return await new Promise(() => {});
		};
		expect(await store(chunks, stalls, { timeout: 60 })).toMatchObject({
			title: "n8n's binary store stopped taking the file",
			code: 'STORE_STALLED',
			retry: 'transient',
		});
		await expect.poll(() => chunks.isLeft).toBe(true);
	});

	it('may take as long as it takes to come, and the store to finish', async () => {
		async function* late() {
			await new Promise((resolve) => setTimeout(resolve, 150));
			yield Buffer.from('late');
		}
		const chunks = { [Symbol.asyncIterator]: late } as unknown as Chunks;
		const finishes: Prepare = async (stream) => {
			for await (const chunk of stream as Readable) void chunk;
			await new Promise((resolve) => setTimeout(resolve, 150));
			return KEPT;
		};
		expect(await store(chunks, finishes, { timeout: 50 })).toBe(KEPT);
	});

	it('is given up with the execution, whatever the store waits for', async () => {
		const stop = new AbortController();
		const hangs: Prepare = async () => {
			stop.abort();
			return await new Promise(() => {});
		};
		expect(await store(two(), hangs, { stop })).toMatchObject({ outcome: 'cancelled' });
	});
});
