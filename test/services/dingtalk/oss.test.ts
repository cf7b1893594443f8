import { connect } from 'node:net';
import OSS from 'ali-oss';
import * as signUtils from 'ali-oss/lib/common/signUtils';
import { beforeEach, describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { presignedQuery, sign, signedHeaders, stringToSign } from '../core/oss/signature';
import { type Answer, send } from '../core/send';
import { useService } from '../core/use-service';
import { TestClient, type UploadPlace } from './test-client';

const { accessKeyId, accessKeySecret, bucket } = SEED.oss;
const root = SEED.teamHandbook.rootDentryUuid;
const start = Date.UTC(2026, 10, 1, 12);
let clock = start;
const service = useService(
	async () => await startLocalDingTalk({ now: () => clock, keepBytes: true }),
);
const client = new TestClient(service);
beforeEach(() => void (clock = start));

function element(answer: Answer, name: string): string | undefined {
	return new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.text)?.[1];
}

async function put(
	{ url, headers }: UploadPlace,
	body: string,
	more: Record<string, string> = {},
): Promise<Answer> {
	return await send(url, { method: 'PUT', headers: { ...headers, ...more }, body });
}

describe('signatures', () => {
	it('are those of ali-oss, with every x-oss header, Content-MD5 and Content-Type covered', () => {
		const date = new Date(start).toUTCString();
		const headers = {
			'x-oss-date': date,
			'x-oss-meta-b': ' two ',
			'x-oss-acl': 'private',
			'content-type': 'text/plain',
			'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
			'user-agent': 'not covered',
		};
		const text = stringToSign({ verb: 'PUT', key: 'a/b c.txt', headers, query: {} }, date);
		expect(text).toBe(signUtils.buildCanonicalString('PUT', `/${bucket}/a/b c.txt`, { headers }));
		expect(sign(text)).toBe(signUtils.computeSignature(accessKeySecret, text));
	});

	it('of upload headers are those of ali-oss', () => {
		const headers = signedHeaders('PUT', 'yundisk0/x.file', start);
		const text = signUtils.buildCanonicalString('PUT', `/${bucket}/yundisk0/x.file`, {
			headers: { 'x-oss-date': headers['x-oss-date'], 'content-type': '' },
		});
		expect(headers.Authorization).toBe(signUtils.authorization(accessKeyId, accessKeySecret, text));
	});

	it('of presigned addresses made by ali-oss are accepted', async () => {
		clock = Date.now();
		const endpoint = service.ossUrl.replace('127.0.0.1', 'localhost');
		const oss = new OSS({ accessKeyId, accessKeySecret, bucket, endpoint, cname: true });
		const signed = oss.signatureUrl('core/resources/mine', {
			method: 'PUT',
			expires: 600,
			'Content-Type': 'image/png',
		});
		const url = signed.replace('localhost', '127.0.0.1');
		const headers = { 'content-type': 'image/png' };
		expect((await send(url, { method: 'PUT', headers, body: 'x' })).status).toBe(200);
		expect((await send(url, { method: 'PUT', body: 'x' })).status).toBe(403);
	});
});

describe('the storage PUT', () => {
	it.each([
		['absent', {}],
		['empty', { 'content-type': '' }],
	])('takes a Content-Type that is %s', async (_how, more) => {
		const place = await client.place(root);
		const answer = await put(place, '123456789', more as Record<string, string>);
		expect(answer.status).toBe(200);
		expect(answer.text).toBe('');
		expect(answer.headers).toMatchObject({
			server: 'AliyunOSS',
			etag: '"25F9E794323B453885F5181F1B624D0B"',
			'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==',
			'x-oss-hash-crc64ecma': BigInt('0x995DC9BBDF1939FA').toString(),
		});
		expect(answer.headers['x-oss-request-id']).toMatch(/^[0-9A-F]{24}$/);
	});

	it('refuses any Content-Type and shows what it signed', async () => {
		const place = await client.place(root);
		const answer = await put(place, 'x', { 'content-type': 'application/octet-stream' });
		expect(answer.status).toBe(403);
		expect(element(answer, 'Code')).toBe('SignatureDoesNotMatch');
		expect(element(answer, 'OSSAccessKeyId')).toBe(accessKeyId);
		expect(place.headers.Authorization).toContain(element(answer, 'SignatureProvided'));
		expect(element(answer, 'StringToSign')?.split('\n')[2]).toBe('application/octet-stream');
		expect(element(answer, 'HostId')).toBe(new URL(place.url).host);
		expect(element(answer, 'RequestId')).toBe(answer.headers['x-oss-request-id']);
		expect(element(answer, 'EC')).toBe('0002-00000040');
		expect(service.objects()).toEqual([]);
		expect(service.callsOf('ossPut')[0].code).toBe('SignatureDoesNotMatch');
	});

	it.each([
		['another x-oss header', { 'x-oss-acl': 'private' }],
		['a Content-MD5', { 'content-md5': 'nUzaxXwVj5Pj9zTcpU5z9w==' }],
		['another date', { 'x-oss-date': new Date(start + 1000).toUTCString() }],
	])('refuses %s that was not signed', async (_what, more) => {
		const answer = await put(await client.place(root), 'x', more as Record<string, string>);
		expect(element(answer, 'Code')).toBe('SignatureDoesNotMatch');
	});

	it('refuses a signature moved to another object', async () => {
		const place = await client.place(root);
		const other = await client.place(root);
		const answer = await put({ ...place, url: other.url }, 'x');
		expect(element(answer, 'Code')).toBe('SignatureDoesNotMatch');
	});

	it('takes a signature for fifteen minutes and no longer', async () => {
		const place = await client.place(root);
		clock += 900_000;
		expect((await put(place, 'x')).status).toBe(200);
		clock += 1000;
		const late = await put(place, 'x');
		expect([late.status, element(late, 'Code')]).toEqual([403, 'RequestTimeTooSkewed']);
	});

	it('refuses an unknown access key, a bent header, no date and no signature at all', async () => {
		const { url, headers } = await client.place(root);
		const attempt = async (given: Record<string, string>) => {
			const answer = await send(url, { method: 'PUT', headers: given, body: 'x' });
			return [answer.status, element(answer, 'Code')];
		};
		const { Authorization } = headers;
		const strange = Authorization.replace(accessKeyId, 'SOMEBODY');
		expect(await attempt({ ...headers, Authorization: strange })).toEqual([
			403,
			'InvalidAccessKeyId',
		]);
		expect(await attempt({ ...headers, Authorization: 'Bearer x' })).toEqual([
			400,
			'InvalidArgument',
		]);
		expect(await attempt({ Authorization })).toEqual([403, 'AccessDenied']);
		expect(await attempt({})).toEqual([403, 'AccessDenied']);
	});

	it('takes a chunked body but not one of unknown length', async () => {
		const { url, headers } = await client.place(root);
		const { host, hostname, port, pathname } = new URL(url);
		const raw = async (more: string) =>
			await new Promise<string>((resolve, reject) => {
				const socket = connect(Number(port), hostname);
				socket.once('data', (data) => {
					resolve(data.toString());
					socket.destroy();
				});
				socket.on('error', reject);
				const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
				const head = [`PUT ${pathname} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...lines];
				socket.write(`${head.join('\r\n')}\r\n${more}`);
			});
		expect(await raw('\r\n')).toMatch(/^HTTP\/1.1 411 [^]*MissingContentLength/);
		expect(await raw('Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n')).toMatch(
			/^HTTP\/1.1 200 OK/,
		);
		expect(await raw('Content-Length: 5368709121\r\n\r\n')).toMatch(
			/^HTTP\/1.1 400 [^]*EntityTooLarge/,
		);
		expect(service.objects()).toMatchObject([{ size: 2, puts: 1 }]);
	});

	it('stores nothing of a body that ends early', async () => {
		const { url, headers } = await client.place(root);
		const { hostname, port, pathname } = new URL(url);
		const socket = connect(Number(port), hostname);
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		const closed = new Promise((resolve) => socket.once('close', resolve));
		socket.resume();
		socket.end(
			`PUT ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n${lines.join('')}\r\nshort`,
		);
		await closed;
		expect(service.objects()).toEqual([]);
		expect(service.callsOf('ossPut')[0].status).toBe(0);
	});

	it('answers an early error before a large body is read, and stores nothing', async () => {
		const place = await client.place(root);
		const { hostname, port, pathname } = new URL(place.url);
		const socket = connect(Number(port), hostname);
		const answered = new Promise<string>((resolve) => {
			socket.once('data', (data) => resolve(data.toString()));
		});
		socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n`);
		expect(await answered).toMatch(/^HTTP\/1.1 403 [^]*Connection: close[^]*AccessDenied/);
		socket.destroy();
		expect(service.objects()).toEqual([]);
	});

	it('stores an empty file', async () => {
		expect((await put(await client.place(root), '')).status).toBe(200);
		expect(service.objects()).toMatchObject([
			{ size: 0, md5: 'd41d8cd98f00b204e9800998ecf8427e', crc64: '0' },
		]);
	});
});

describe('the document PUT', () => {
	async function uploadUrl(mediaType: string): Promise<string> {
		const { docKey } = SEED.documents.meetingNotes;
		const answer = await client.post(
			`/v1.0/doc/docs/resources/${docKey}/uploadInfos/query`,
			{ operatorId: SEED.operator.unionId },
			{ mediaType, resourceName: 'a.png', size: 1 },
		);
		return (answer.json as { result: { uploadUrl: string } }).result.uploadUrl;
	}

	it('wants exactly the media type that was asked for', async () => {
		const url = await uploadUrl('image/png');
		const attempt = async (headers: Record<string, string>) => {
			const answer = await send(url, { method: 'PUT', headers, body: 'x' });
			return [answer.status, element(answer, 'Code')];
		};
		expect(await attempt({})).toEqual([403, 'SignatureDoesNotMatch']);
		expect(await attempt({ 'content-type': '' })).toEqual([403, 'SignatureDoesNotMatch']);
		expect(await attempt({ 'content-type': 'image/jpeg' })).toEqual([403, 'SignatureDoesNotMatch']);
		expect(await attempt({ 'content-type': 'image/png' })).toEqual([200, undefined]);
		expect(service.resources()).toMatchObject([{ mediaType: 'image/png', size: 1 }]);
	});

	it('is refused once its address has expired', async () => {
		const url = await uploadUrl('text/plain; charset=utf-8');
		clock += 901_000;
		const headers = { 'content-type': 'text/plain; charset=utf-8' };
		const answer = await send(url, { method: 'PUT', headers, body: 'x' });
		expect(answer.status).toBe(403);
		expect(element(answer, 'Code')).toBe('AccessDenied');
		expect(element(answer, 'Message')).toBe('Request has expired.');
	});

	it('checks a signed Content-MD5 against the bytes', async () => {
		const headers = { 'content-md5': 'nUzaxXwVj5Pj9zTcpU5z9w==', 'content-type': 'a/b' };
		const query = presignedQuery('PUT', 'core/resources/z', start / 1000 + 60, headers);
		const url = `${service.ossUrl}/core/resources/z?${query}`;
		const answer = await send(url, { method: 'PUT', headers, body: 'other bytes' });
		expect([answer.status, element(answer, 'Code')]).toEqual([400, 'InvalidDigest']);
	});
});
