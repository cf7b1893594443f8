import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import type { UploadError } from '../../../../nodes/shared/errors';
import { putObject } from '../../../../nodes/shared/oss/put-object';
import type { StreamBody } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';

const target = {
	url: 'https://oss.example/x',
	headers: { a: 'b' },
	signedWith: 'headers' as const,
	expiresAt: Infinity,
};

const { signal } = new AbortController();

const eTagOf = (bytes: Buffer) =>
	`"${createHash('md5').update(bytes).digest('hex').toUpperCase()}"`;

/** A storage that reads the body to its end and says what it stored. */
function storage(eTag?: string) {
	return new FakeTransport(async ({ body }) => {
		const chunks: Uint8Array[] = [];
		for await (const chunk of (body as StreamBody).chunks(signal)) chunks.push(chunk);
		return answerOf(200, '', {
			etag: eTag ?? eTagOf(Buffer.concat(chunks)),
			'x-oss-request-id': 'R',
		});
	});
}

/** Upper-case hex. */
const MD5_OF_AB = createHash('md5').update('ab').digest('hex').toUpperCase();

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

const PAGE = { 'content-type': 'text/html' };

describe('the status of a success', () => {
	const answering = (text: string, headers: Record<string, string> = {}, status = 200) =>
		new FakeTransport(async ({ body }) => {
			for await (const chunk of (body as StreamBody).chunks(signal)) void chunk;
			return answerOf(status, text, headers);
		});

	it.each<[string, string, Record<string, string>?]>([
		['a login page', '<!DOCTYPE html><title>Please sign in</title>'],
		['a page that begins otherwise', '  <!-- portal --><meta http-equiv="refresh">'],
		['a script', '<script>location="http://portal.example/"</script>'],
		['an error in XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		['an error in JSON', '{"code":403,"message":"blocked"}'],
		['plain words', 'Access blocked'],
		['a line break', '\n'],
		['a page with the ETag of a web server', '<!DOCTYPE html>', { etag: 'W/"5f-17"' }],
		['a page with a request id', '<Error/>', { 'x-oss-request-id': 'R' }],
		['no body, but the ETag of a web server', '', { etag: 'W/"5f-17"' }],
		['no body, but a SHA-1 as its ETag', '', { etag: `"${'5f'.repeat(20)}"` }],
		['no body, but the ETag of what was packed', '', { etag: `W/"${'5f'.repeat(16)}-gzip"` }],
		['no body, but a media type beside an ETag', '', { ...PAGE, etag: `"${'5f'.repeat(16)}-2"` }],
		['no body, but a login', '', { 'www-authenticate': 'Basic' }],
		['no body, but another address', '', { refresh: '0; url=/login' }],
		['no body, but the media type of a page', '', { 'content-type': 'text/html' }],
		['no body, but a cookie', '', { 'set-cookie': 'session=1' }],
		['no body, but what a cache adds', '', { via: '1.1 cache', 'x-cache': 'HIT' }],
		['no body, but a policy for pages', '', { 'content-security-policy': "default-src 'self'" }],
	])('with %s is not taken for the answer of a storage', async (_, text, headers = {}) => {
		const { outcome } = await put(source(2, 'ab'), answering(text, headers));
		expect(outcome).toMatchObject({
			title: 'The answer is not from the storage',
			outcome: 'unknown',
			code: 'NOT_STORAGE',
			httpStatus: 200,
			step: 'uploadToOss',
			retry: 'transient',
		});
	});

	it.each([201, 202, 203, 204, 205, 206])('is not %i, which no storage answers', async (status) => {
		const { outcome } = await put(source(2, 'ab'), answering('', {}, status));
		expect(outcome).toMatchObject({ code: 'NOT_STORAGE', httpStatus: status, retry: 'transient' });
	});

	it.each<[string, string, Record<string, string>]>([
		['a body and the right checksum', 'anything', { etag: `"${MD5_OF_AB}"` }],
		['no body and its request id', '', { 'x-oss-request-id': 'R' }],
		['no body and the ETag of an object in parts', '', { etag: `"${MD5_OF_AB}-2"` }],
		['no body', '', {}],
		['no body and what every server sends', '', { server: 'x', date: 'x', 'content-length': '0' }],
	])('with %s is an answer of the storage', async (_, text, headers) => {
		const { outcome } = await put(source(2, 'ab'), answering(text, headers));
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
		await expect.poll(() => from.state.closed).toBe(1);
	});

	it("tells an unreadable file from a broken connection, and doesn't try again", async () => {
		const gone = Object.assign(new Error('ENOENT: /data/x'), { code: 'ENOENT' });
		const from = source(5, 'ab', gone);
		const { outcome } = await put(from);
		expect(outcome).toMatchObject({
			title: "The file could not be read from n8n's binary store",
			code: 'ENOENT',
		});
		await expect.poll(() => from.state.closed).toBe(1);
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
				for await (const chunk of (body as StreamBody).chunks(signal)) void chunk;
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

	it('can be stopped while the file is read again for its MD5', async () => {
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
		const checked = storage();
		const stop = new AbortController();
		const transport = new FakeTransport(async (request) => {
			const answer = await checked.send(request);
			stop.abort();
			return answer;
		});
		const options = { transport, step: 'uploadToOss', timeout: 1000, signal: stop.signal };
		const putting = putObject(target, { size: big.length, open }, options);
		await expect(putting).rejects.toMatchObject({ facts: { outcome: 'cancelled' } });
		await expect.poll(() => state.open).toBe(0);
	});
});
