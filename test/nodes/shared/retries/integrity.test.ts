import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';

import { toUploadError } from '../../../../nodes/shared/errors';
import { putObject } from '../../../../nodes/shared/oss/put-object';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { useServers } from '../transport/support/servers';

const serve = useServers();

const storage = async (listener: RequestListener) =>
	`${await serve(createServer(listener))}/object`;

async function* inPieces(bytes: Buffer, piece = 64 * 1024): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

interface Source {
	size: number;
	open: () => AsyncIterable<Uint8Array>;
}

function sourceOf(bytes: Buffer, size = bytes.length): Source & { opened: number } {
	const source = {
		size,
		opened: 0,
		open: () => {
			source.opened++;
			return inPieces(bytes);
		},
	};
	return source;
}

async function put(url: string, source: Source) {
	const target = {
		url,
		headers: { 'Content-Type': '' },
		signedWith: 'headers' as const,
		expiresAt: Infinity,
	};
	const options = { transport: new UndiciTransport(), step: 'uploadToOss', timeout: 5000 };
	return await putObject(target, source, options);
}

async function refusal(url: string, source: Source) {
	const [{ status, ...rest }] = await Promise.allSettled([put(url, source)]);
	expect(status).toBe('rejected');
	return toUploadError((rest as { reason: unknown }).reason).facts;
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex').toUpperCase();

/** Takes the body, then answers 200 with these headers. */
function taking(headers: Record<string, string>): RequestListener {
	return (request, response) => {
		request.resume().on('end', () => response.writeHead(200, headers).end());
	};
}

describe('a source of another length than declared', () => {
	/** What the storage got of a body that never came to its end. */
	async function received() {
		const requests: Array<{ request: IncomingMessage; bytes: number; whole: boolean }> = [];
		const url = await storage((request, response) => {
			const seen = { request, bytes: 0, whole: false };
			requests.push(seen);
			request.on('data', (chunk: Buffer) => (seen.bytes += chunk.length));
			request.on('error', () => undefined);
			request.on('end', () => {
				seen.whole = true;
				response.end();
			});
		});
		return { url, requests };
	}

	it('is an error when it ends early, and the storage never gets a whole request', async () => {
		const { url, requests } = await received();
		const facts = await refusal(url, sourceOf(Buffer.alloc(1_000_000), 1_000_001));
		expect(facts).toMatchObject({ code: 'LENGTH_MISMATCH', step: 'uploadToOss' });
		expect(facts.retry ?? 'never').toBe('never');
		expect(requests.some(({ whole }) => whole)).toBe(false);
	});

	it('is an error when it runs long, and not a byte more than declared is sent', async () => {
		const { url, requests } = await received();
		const facts = await refusal(url, sourceOf(Buffer.alloc(1_000_000), 999_999));
		expect(facts).toMatchObject({ code: 'LENGTH_MISMATCH' });
		expect(facts.title).toContain('longer');
		for (const { whole, bytes } of requests) {
			expect(whole).toBe(false);
			expect(bytes).toBeLessThan(999_999);
		}
	});

	it('is an error when it breaks, and the message is about the file, not the network', async () => {
		const { url } = await received();
		const open = async function* () {
			yield Buffer.alloc(100_000);
			throw Object.assign(new Error('gone'), { code: 'ENOENT' });
		};
		const facts = await refusal(url, { size: 200_000, open });
		expect(facts).toMatchObject({ code: 'ENOENT', step: 'uploadToOss' });
		expect(facts.title).toContain("could not be read from n8n's binary store");
	});

	it('is not taken for stored when the storage answers 200 before it was read', async () => {
		const url = await storage((request, response) => {
			request.on('error', () => undefined);
			request.once('data', () => response.writeHead(200).end());
		});
		// The second half is not read before the answer was dealt with.
		let release: () => void = () => undefined;
		const settled = new Promise<void>((resolve) => (release = resolve));
		const open = async function* () {
			yield Buffer.alloc(50_000);
			yield Buffer.alloc(50_000);
			await settled;
			yield Buffer.alloc(100_000);
		};
		const facts = await refusal(url, { size: 200_000, open }).finally(release);
		expect(facts.step).toBe('uploadToOss');
	});
});

describe('what the storage says it holds', () => {
	// The check value of CRC-64/XZ, which OSS uses.
	const bytes = Buffer.from('123456789');
	const crc = '11051210869376104954';

	it('is accepted when the CRC-64 is that of what was read, which is read once', async () => {
		const source = sourceOf(bytes);
		const headers = { ETag: `"${md5(bytes)}"`, 'x-oss-request-id': 'R-1' };
		const url = await storage(taking({ ...headers, 'x-oss-hash-crc64ecma': crc }));
		const told = { status: 200, eTag: headers.ETag, requestId: 'R-1' };
		const stored = { ...told, bytes: 9, crc64: crc, isProved: true };
		expect(await put(url, source)).toEqual(stored);
		expect(source.opened).toBe(1);
	});

	it.each([
		['in small letters', 'x-oss-hash-crc64ecma', crc],
		['in large letters', 'X-OSS-HASH-CRC64ECMA', crc],
		['twice in one', 'x-oss-hash-crc64ecma', `${crc}, ${crc}`],
	])('is accepted by its CRC-64 alone, with the header %s', async (_what, name, value) => {
		const source = sourceOf(bytes);
		expect(await put(await storage(taking({ [name]: value })), source)).toMatchObject({ bytes: 9 });
		expect(source.opened).toBe(1);
	});

	it.each([
		['is no MD5', '"A1B2-3"'],
		// As an encrypted bucket tells it.
		['is another MD5', `"${md5(Buffer.from('x'))}"`],
	])('is accepted by its CRC-64 when the ETag %s', async (_what, ETag) => {
		const url = await storage(taking({ ETag, 'x-oss-hash-crc64ecma': crc }));
		expect(await put(url, sourceOf(bytes))).toMatchObject({ status: 200 });
	});

	it('is accepted by its MD5 where there is no CRC-64, for which it is read again', async () => {
		const source = sourceOf(bytes);
		expect(await put(await storage(taking({ ETag: `"${md5(bytes)}"` })), source)).toMatchObject({
			status: 200,
		});
		expect(source.opened).toBe(2);
	});

	it.each([
		['the CRC-64 is wrong', '', '1'],
		['the CRC-64 is wrong, although the ETag is right', `"${md5(bytes)}"`, '1'],
		['the ETag is no MD5 and the CRC-64 is wrong', '"A1B2-3"', '1'],
		['ETag and CRC-64 are wrong', `"${'0'.repeat(32)}"`, '1'],
		['the ETag is another MD5 and there is no CRC-64', `"${'0'.repeat(32)}"`, ''],
	])('is refused when %s', async (_what, ETag, wrong) => {
		const headers = { ...(ETag && { ETag }), ...(wrong && { 'x-oss-hash-crc64ecma': wrong }) };
		const facts = await refusal(await storage(taking(headers)), sourceOf(bytes));
		expect(facts).toMatchObject({ code: 'CHECKSUM_MISMATCH', retry: 'transient' });
	});

	it('is taken on trust where a front tells neither', async () => {
		expect(await put(await storage(taking({})), sourceOf(bytes))).toMatchObject({ bytes: 9 });
	});
});
