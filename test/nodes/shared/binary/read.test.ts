import { describe, expect, it } from 'vitest';

import { contentOf, readFile, type Content } from '../../../../nodes/shared/binary';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { UploadError } from '../../../../nodes/shared/errors';

const MIB = 2 ** 20;

async function read(source: Pick<Content, 'open'>, timeout = 60_000, signal?: AbortSignal) {
	let size = 0;
	const transport = new UndiciTransport({ cancelSignal: signal });
	for await (const chunk of readFile(source, { transport, timeout })) size += chunk.length;
	return size;
}

/** A file whose store gives its first bytes and then nothing more. */
function stalling() {
	const state = { closed: false };
	async function* open(): AsyncGenerator<Uint8Array> {
		try {
			yield new Uint8Array(10);
			await new Promise(() => undefined);
		} finally {
			state.closed = true;
		}
	}
	return { open, state };
}

/** How often others in the process get their turn meanwhile. @param ms what each turn takes them */
async function turnsDuring(work: Promise<unknown>, ms = 0): Promise<number> {
	let turns = 0;
	let isRunning = true;
	const count = () => {
		turns++;
		const begun = performance.now();
		while (performance.now() - begun < ms);
		if (isRunning) setImmediate(count);
	};
	setImmediate(count);
	await work;
	isRunning = false;
	return turns;
}

describe('reading a file', () => {
	it('that is in memory lets everything else go on after each piece', async () => {
		const large = contentOf(new Uint8Array(16 * MIB));
		expect(await turnsDuring(read(large))).toBeGreaterThanOrEqual(4 * 16 - 1);
	});

	it('leaves others that are busy most cycles of the event loop', async () => {
		const large = contentOf(new Uint8Array(4 * MIB));
		expect(await turnsDuring(read(large), 1)).toBeGreaterThanOrEqual(8 * 4 * 4 - 1);
	});

	it('ends when the store gives nothing any more, and says so', async () => {
		const error: unknown = await read(stalling(), 50).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(UploadError);
		expect((error as UploadError).facts).toMatchObject({
			...{ code: 'STORE_STALLED', outcome: 'notSent', retry: 'transient' },
		});
	});

	it('ends with the execution, while the store gives nothing', async () => {
		const stop = new AbortController();
		const reading = read(stalling(), 60_000, stop.signal).catch((thrown: unknown) => thrown);
		setImmediate(() => stop.abort());
		expect(((await reading) as UploadError).facts).toMatchObject({ outcome: 'cancelled' });
	});
});
