import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { toUploadError } from '../../../../nodes/shared/errors';
import { Crc64, getFile, type IncomingFile } from '../../../../nodes/shared/oss';
import { TransportError, type HttpRequest } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';

const target = {
	url: 'https://oss.example/x',
	headers: { Authorization: 'OSS a:b' },
	signedWith: 'headers' as const,
	expiresAt: Infinity,
};

const md5Of = (bytes: string) => createHash('md5').update(bytes).digest('hex').toUpperCase();

async function crc64Of(bytes: string): Promise<string> {
	const sum = await Crc64.begin();
	sum.update(Buffer.from(bytes));
	return sum.decimal;
}

/** What the storage sends for one GET: the text breaks off where it has a `|`. */
interface Sent {
	status?: number;
	text: string;
	headers?: Record<string, string>;
	/** It comes in one piece, not letter by letter. */
	pieces?: true;
	/** Without the header that every answer of the storage has. */
	isPortal?: true;
}

/** A storage that answers one GET after the other as told, and the last one for ever. */
class Storage extends FakeTransport {
	closed = 0;

	private answered = 0;

	constructor(private readonly sent: Sent[]) {
		super();
	}

	override async receive(request: HttpRequest) {
		this.requests.push(request);
		const sent = this.sent[Math.min(this.answered++, this.sent.length - 1)];
		const { status = 200, text, headers = {}, isPortal, pieces } = sent;
		const all = { ...(!isPortal && { 'x-oss-request-id': `R${this.answered}` }), ...headers };
		if (status >= 300) return answerOf(status, text, all);
		const close = () => void this.closed++;
		return { status, headers: all, body: bodyOf(text, pieces), close };
	}

	get ranges() {
		return this.requests.map(({ headers }) => headers.Range);
	}
}

async function* bodyOf(text: string, inOnePiece = false): AsyncGenerator<Uint8Array> {
	const [whole, ...rest] = text.split('|');
	// A short one comes letter by letter, unless it is told otherwise.
	const piece = inOnePiece ? whole.length : Math.ceil(whole.length / 16);
	for (let at = 0; at < whole.length; at += piece) yield Buffer.from(whole.slice(at, at + piece));
	if (rest.length > 0) throw new TransportError('reset', 'oss.example', true, 'ECONNRESET');
}

async function read({ chunks }: IncomingFile): Promise<string> {
	const pieces: Uint8Array[] = [];
	for await (const chunk of chunks) pieces.push(chunk);
	return Buffer.concat(pieces).toString();
}

async function get(sent: Sent[], keep: (file: IncomingFile) => Promise<string> = read) {
	const transport = new Storage(sent);
	const options = { target, transport, step: 'download', fileName: 'a.txt', timeout: 1000 };
	const outcome = await getFile(keep, options).catch(
		(error: unknown) => toUploadError(error).facts,
	);
	return { outcome, transport };
}

const length = (size: number) => ({ 'content-length': String(size) });
const eTag = (bytes: string) => ({ etag: `"${md5Of(bytes)}"` });
const part = (from: number, size: number) => ({
	'content-range': `bytes ${from}-${size - 1}/${size}`,
});
const ALPHABET = 'abcdefghij';
const whole = { ...length(10), ...eTag(ALPHABET) };

describe('a download', () => {
	it('is proved by the CRC-64 of the storage, or by its MD5 where that is missing', async () => {
		const crc64 = { 'x-oss-hash-crc64ecma': await crc64Of(ALPHABET) };
		for (const headers of [{ ...whole, ...crc64 }, whole]) {
			const { outcome } = await get([{ text: ALPHABET, headers }]);
			expect(outcome).toMatchObject({ kept: ALPHABET, bytes: 10, isProved: true, attempts: 1 });
		}
		const { outcome } = await get([{ text: ALPHABET, headers: length(10) }]);
		expect(outcome).toMatchObject({ kept: ALPHABET, isProved: false });
	});

	it.each([
		['CRC-64', { ...whole, 'x-oss-hash-crc64ecma': '1' }],
		['MD5', { ...length(10), ...eTag('other') }],
	])(
		'with another %s is thrown away and begun again, and in the end an error',
		async (_, headers) => {
			const { outcome, transport } = await get([{ text: ALPHABET, headers }]);
			expect(outcome).toMatchObject({
				title: 'Other bytes came than the storage holds',
				...{ code: 'CHECKSUM_MISMATCH', step: 'download', requestId: 'R5' },
			});
			expect(transport.ranges).toEqual(Array(5).fill(undefined));
		},
	);

	it('goes on from the byte where it broke off, for the same bytes only', async () => {
		const { outcome, transport } = await get([
			{ text: 'abcd|', headers: whole },
			{ status: 206, text: 'ef|', headers: { ...eTag(ALPHABET), ...part(4, 10) } },
			{ status: 206, text: 'ghij', headers: { ...eTag(ALPHABET), ...part(6, 10) } },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 3, isProved: true });
		expect(transport.ranges).toEqual([undefined, 'bytes=4-', 'bytes=6-']);
		expect(transport.requests[1].headers['If-Match']).toBe(`"${md5Of(ALPHABET)}"`);
		expect(transport.closed).toBe(3);
	});

	it('that ends too early without an error goes on too', async () => {
		const { outcome } = await get([
			{ text: 'abcd', headers: whole },
			{ status: 206, text: 'efghij', headers: part(4, 10) },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 2 });
	});

	it.each([
		['that has no ETag', { ...length(10) }],
		['whose ETag is weak', { ...length(10), etag: `W/"${md5Of(ALPHABET)}"` }],
	])('%s begins again, and what came before is compared and left out', async (_, headers) => {
		const { outcome, transport } = await get([
			{ text: 'abcd|', headers },
			{ text: 'abcdefghij', headers },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 2 });
		expect(transport.ranges).toEqual([undefined, undefined]);
	});

	it('that breaks off while it is compared begins once more', async () => {
		const headers = length(10);
		const { outcome } = await get([
			{ text: 'abcd|', headers },
			{ text: 'abc|', headers },
			{ text: 'abcdefghij', headers },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 3 });
	});

	it('of a storage that gives a few bytes and breaks off again and again is given up', async () => {
		const drops = Array.from({ length: 9 }, (_, from) => ({
			...{ status: 206, text: `${ALPHABET[from + 1]}|` },
			headers: { ...eTag(ALPHABET), ...part(from + 1, 10) },
		}));
		const { outcome, transport } = await get([{ text: 'a|', headers: whole }, ...drops]);
		expect(outcome).toMatchObject({ code: 'ECONNRESET', retry: 'never', details: { attempts: 5 } });
		expect(transport.requests).toHaveLength(5);
	});

	it('may break off any number of times, if it gives much each time', async () => {
		const size = 8 * 2 ** 19;
		const large = 'x'.repeat(size);
		const sent = Array.from({ length: 8 }, (_, at) => ({
			...{ status: at === 0 ? 200 : 206, pieces: true as const },
			text: `${'x'.repeat(2 ** 19)}${at === 7 ? '' : '|'}`,
			headers: { ...eTag(large), ...(at === 0 ? length(size) : part(at * 2 ** 19, size)) },
		}));
		const { outcome } = await get(sent);
		expect(outcome).toMatchObject({ bytes: size, attempts: 8, isProved: true });
	});

	it('of which all bytes have come needs no end', async () => {
		const { outcome, transport } = await get([
			{ text: 'abcdefghij|', headers: whole },
			{ status: 206, text: '', headers: part(10, 10) },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 1 });
		expect(transport.requests).toHaveLength(1);
	});
});

describe('a file that changes while it is downloaded', () => {
	it.each<[string, Sent]>([
		['the ETag is another one', { status: 412, text: '' }],
		['it is shorter now', { status: 416, text: '' }],
		['it has another size', { text: 'abcdefghijk', headers: length(11) }],
		['it has another checksum', { text: 'abcdXfghij', headers: { 'x-oss-hash-crc64ecma': '2' } }],
		['its beginning has other bytes', { text: 'abXdefghij', headers: length(10) }],
		['it ends before what has come', { text: 'abc', headers: {} }],
	])('is downloaded from the beginning, into another place: %s', async (_, second) => {
		const begun: string[] = [];
		const keep = async (file: IncomingFile) => {
			begun.push('');
			return await read(file);
		};
		const headers = { ...length(10), etag: '"of no kind"', 'x-oss-hash-crc64ecma': '1' };
		const last = { text: 'klmnopqrst', headers: length(10) };
		const { outcome } = await get([{ text: 'abcd|', headers }, second, last], keep);
		expect(outcome).toMatchObject({ kept: 'klmnopqrst', attempts: 3 });
		expect(begun).toHaveLength(2);
	});

	it('and of which the storage tells nothing is noticed by its bytes', async () => {
		const headers = length(10);
		const { outcome, transport } = await get([
			{ text: 'abcd|', headers },
			{ text: 'abXdefghij', headers },
			{ text: 'klmnopqrst', headers },
		]);
		expect(outcome).toMatchObject({ kept: 'klmnopqrst', attempts: 3 });
		expect(transport.ranges).toEqual([undefined, undefined, undefined]);
	});

	it('again and again is given up, in words', async () => {
		const sent = Array.from({ length: 20 }, (_, at) =>
			at % 2 === 0 ? { text: 'abcd|', headers: whole } : { status: 412, text: '' },
		);
		const { outcome, transport } = await get(sent);
		expect(outcome).toMatchObject({
			title: 'The file changed while it was downloaded',
			...{ code: 'FILE_CHANGED', httpStatus: 412, step: 'download', retry: 'never' },
		});
		expect(transport.requests).toHaveLength(10);
	});
});

describe('an answer that is not the file', () => {
	const own = { 'x-oss-request-id': 'R' };
	it.each<[string, Sent]>([
		['with another status', { status: 203, text: ALPHABET, headers: own }],
		['with a part that nobody asked for', { status: 206, text: 'cd', headers: part(2, 4) }],
		[
			'with a part of no size',
			{ status: 206, text: 'ab', headers: { 'content-range': 'bytes 0-1/*' } },
		],
		['with a part and no range', { status: 206, text: 'ab', headers: own }],
		['from a portal', { text: '<html>', isPortal: true }],
	])('is not taken for it: %s', async (_, sent) => {
		const { outcome, transport } = await get([sent]);
		expect(outcome).toMatchObject({ code: 'NOT_STORAGE', step: 'download' });
		expect(transport.closed).toBe(transport.requests.length);
	});

	it('is not gone on with', async () => {
		const { outcome } = await get([
			{ text: 'abcd|', headers: whole },
			{ status: 206, text: 'cdefghij', headers: part(2, 10) },
			{ status: 206, text: 'efghij', headers: part(4, 10) },
		]);
		expect(outcome).toMatchObject({ kept: ALPHABET, attempts: 3 });
	});

	it('may not have more bytes than it says', async () => {
		const { outcome } = await get([{ text: `${ALPHABET}k`, headers: whole }]);
		expect(outcome).toMatchObject({
			title: 'The storage sent more than the file',
			code: 'LENGTH_MISMATCH',
		});
	});
});

describe('who keeps the file', () => {
	it('has to take all of it', async () => {
		const keep = async ({ chunks }: IncomingFile) => {
			for await (const chunk of chunks) return String(chunk.length);
			return '';
		};
		// More than is read ahead.
		const size = 2 ** 20;
		const { outcome } = await get([{ text: 'x'.repeat(size), headers: length(size) }], keep);
		expect(outcome).toMatchObject({
			title: "n8n's binary store did not take the whole file",
			code: 'LENGTH_MISMATCH',
		});
	});

	it('and fails without a word about the storage is told so, and the answer closed', async () => {
		const keep = async () => await Promise.reject(new Error('ENOSPC'));
		const { outcome, transport } = await get([{ text: ALPHABET, headers: whole }], keep);
		expect(outcome).toMatchObject({ title: 'ENOSPC' });
		expect(transport.closed).toBe(1);
	});
});
