import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import type { UploadError } from '../../../../nodes/shared/errors';
import { putObject } from '../../../../nodes/shared/oss/put-object';
import {
	TransportError,
	type StreamBody,
	type Transport,
} from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';

const target = {
	url: 'https://oss.example/x',
	headers: { a: 'b' },
	signedWith: 'headers' as const,
};

const eTagOf = (bytes: Buffer) =>
	`"${createHash('md5').update(bytes).digest('hex').toUpperCase()}"`;

/** A storage that reads the body to its end and says what it stored. */
function storage(eTag?: string) {
	return new FakeTransport(async ({ body }) => {
		const chunks: Uint8Array[] = [];
		for await (const chunk of (body as StreamBody).chunks()) chunks.push(chunk);
		return answerOf(200, '', {
			etag: eTag ?? eTagOf(Buffer.concat(chunks)),
			'x-oss-request-id': 'R',
		});
	});
}

function source(declared: number, ...chunks: Array<string | Error>) {
	const state = { closed: 0 };
	const open = async function* () {
		try {
			for (const chunk of chunks) {
				if (chunk instanceof Error) throw chunk;
				yield Buffer.from(chunk);
			}
		} finally {
			state.closed++;
		}
	};
	return { size: declared, open, state };
}

async function put(from: ReturnType<typeof source>, transport = storage()) {
	const progress: number[] = [];
	const onProgress = (bytes: number) => void progress.push(bytes);
	const options = { transport, step: 'uploadToOss', timeout: 1000, onProgress };
	const outcome = await putObject(target, from, options).catch((error: UploadError) => error.facts);
	return { outcome, progress, transport };
}

describe('a web page with the status of a success', () => {
	const page = '<!DOCTYPE html><title>Please sign in</title>';
	const answering = (headers: Record<string, string>) =>
		new FakeTransport(async ({ body }) => {
			for await (const chunk of (body as StreamBody).chunks()) void chunk;
			return answerOf(200, page, headers);
		});

	it('is not taken for the answer of a storage', async () => {
		const { outcome } = await put(source(2, 'ab'), answering({}));
		expect(outcome).toMatchObject({
			title: 'The answer is not from the storage: it is a web page',
			code: 'NOT_STORAGE',
			httpStatus: 200,
			step: 'uploadToOss',
			retry: 'transient',
		});
	});

	it('is no matter where it comes with what a storage says', async () => {
		const { outcome } = await put(source(2, 'ab'), answering({ 'x-oss-request-id': 'R' }));
		expect(outcome).toMatchObject({ status: 200, bytes: 2 });
	});
});

describe('a PUT', () => {
	it('sends what was signed, with the declared length, and tells its progress', async () => {
		const { outcome, progress, transport } = await put(source(5, 'ab', 'cde'));
		expect(outcome).toMatchObject({ status: 200, bytes: 5, requestId: 'R' });
		expect(progress).toEqual([2, 5]);
		expect(transport.requests[0]).toMatchObject({
			method: 'PUT',
			url: target.url,
			headers: { a: 'b' },
			body: { size: 5 },
		});
	});

	it.each([
		['shorter', source(6, 'ab', 'cde'), /shorter/],
		['longer', source(4, 'ab', 'cde'), /longer/],
		['empty but not declared so', source(1), /shorter/],
	])('of a file that is %s than declared fails, and is not tried again', async (_, from, title) => {
		const { outcome } = await put(from);
		expect(outcome).toMatchObject({
			title: expect.stringMatching(title) as string,
			code: 'LENGTH_MISMATCH',
			step: 'uploadToOss',
		});
		expect((outcome as { retry?: string }).retry ?? 'never').toBe('never');
		expect(from.state.closed).toBe(1);
	});

	it("tells an unreadable file from a broken connection, and doesn't try again", async () => {
		const gone = Object.assign(new Error('ENOENT: /data/x'), { code: 'ENOENT' });
		const from = source(5, 'ab', gone);
		const { outcome } = await put(from);
		expect(outcome).toMatchObject({
			title: "The file could not be read from n8n's binary store",
			code: 'ENOENT',
		});
		expect(from.state.closed).toBe(1);
	});

	it('fails when the storage holds other bytes, and is tried again', async () => {
		const { outcome } = await put(source(2, 'ab'), storage(`"${'0'.repeat(32)}"`));
		expect(outcome).toMatchObject({
			code: 'CHECKSUM_MISMATCH',
			retry: 'transient',
			requestId: 'R',
		});
	});

	it('succeeds when the storage says nothing about what it holds', async () => {
		const { outcome } = await put(
			source(2, 'ab'),
			new FakeTransport(async ({ body }) => {
				for await (const chunk of (body as StreamBody).chunks()) void chunk;
				return answerOf(200, '');
			}),
		);
		expect(outcome).toMatchObject({ status: 200, bytes: 2 });
	});

	it('takes no redirect for success', async () => {
		for (const status of [301, 302, 304, 307]) {
			const { outcome } = await put(source(0), new FakeTransport(() => answerOf(status, '')));
			expect(outcome).toMatchObject({ httpStatus: status });
		}
	});

	it('can be stopped while the file is read again for its CRC-64', async () => {
		const big = Buffer.alloc(20 * 2 ** 20);
		const state = { open: 0 };
		const open = async function* () {
			state.open++;
			try {
				for (let at = 0; at < big.length; at += 2 ** 20) yield big.subarray(at, at + 2 ** 20);
			} finally {
				state.open--;
			}
		};
		const checked = storage('"0-1"');
		const stopped = new TransportError('cancelled', '', false, 'ABORTED');
		const transport: Transport = {
			send: async (request) => {
				const answer = await checked.send(request);
				return { ...answer, headers: { ...answer.headers, 'x-oss-hash-crc64ecma': '1' } };
			},
			wait: async () => await Promise.reject(stopped),
			orCancelled: async (work) => await work,
		};
		const options = { transport, step: 'uploadToOss', timeout: 1000 };
		await expect(putObject(target, { size: big.length, open }, options)).rejects.toBe(stopped);
		expect(state.open).toBe(0);
	});
});
