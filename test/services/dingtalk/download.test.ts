import { describe, expect, it } from 'vitest';
import { type Fault, SEED, startLocalDingTalk } from './index';
import { type Answer, send } from '../core/send';
import { useService } from '../core/use-service';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, files, folders, documents, operator, otherUser } = SEED;
const CONTENT = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
let clock = Date.UTC(2026, 10, 1, 12);
const service = useService(
	async () => await startLocalDingTalk({ keepBytes: true, now: () => clock }),
);
const client = new TestClient(service);

async function ask(dentryId: string, option?: object, unionId = operator.unionId, token?: string) {
	const path = `/v1.0/storage/spaces/${teamHandbook.spaceId}/dentries/${dentryId}/downloadInfos/query`;
	return await client.post(path, { unionId }, option ? { option } : {}, token);
}

interface Place {
	url: string;
	headers: Record<string, string>;
}

function placeIn({ json }: Answer): Place {
	const { headerSignatureInfo } = json as {
		headerSignatureInfo: { resourceUrls: string[]; headers: Record<string, string> };
	};
	const { resourceUrls, headers } = headerSignatureInfo;
	return { url: resourceUrls[0], headers };
}

/** An uploaded file of 1000 bytes, and where to get it. */
async function uploaded(): Promise<Place & { id: string }> {
	const { json } = await client.upload(folders.empty.dentryUuid, 'a.bin', CONTENT, {
		conflictStrategy: 'OVERWRITE',
	});
	const { id } = (json as { dentry: { id: string } }).dentry;
	return { ...placeIn(await ask(id)), id };
}

async function get({ url, headers }: Place, more: Record<string, string> = {}) {
	const response = await fetch(url, { headers: { ...headers, ...more } });
	const bytes = Buffer.from(await response.arrayBuffer());
	return { status: response.status, headers: Object.fromEntries(response.headers), bytes };
}

describe('download info', () => {
	it('opens the file for a while, with signed headers', async () => {
		const answer = await ask(files.welcome.dentryId);
		expect(answer.json).toMatchObject({
			protocol: 'HEADER_SIGNATURE',
			headerSignatureInfo: { expirationSeconds: 900, internalResourceUrls: [] },
		});
		const { status, bytes } = await get(placeIn(answer));
		expect([status, String(bytes)]).toEqual([200, 'welcome.txtw']);
	});

	it.each<[string, () => Promise<Answer>, [number, string]]>([
		['a folder', () => ask(folders.empty.dentryId), [400, 'operationNotSupported']],
		['an online document', () => ask(documents.budget.dentryId), [400, 'operationNotSupported']],
		['a file that is not there', () => ask('404'), [404, 'dentryNotExist']],
		['a dentryUuid', () => ask(files.welcome.dentryUuid), [400, 'paramError.dentryId']],
		[
			'a version that is not there',
			() => ask(files.welcome.dentryId, { version: 9 }),
			[400, 'paramError'],
		],
		[
			'a version in quotes',
			() => ask(files.welcome.dentryId, { version: '1' }),
			[400, 'paramError'],
		],
		['an unknown field', () => ask(files.welcome.dentryId, { range: 1 }), [400, 'paramError']],
		[
			'somebody who may not see it',
			() => ask(files.welcome.dentryId, undefined, otherUser.unionId),
			[403, 'permissionDenied'],
		],
	])('is refused for %s', async (_what, action, code) => {
		expect(codeOf(await action())).toEqual(code);
	});

	it('wants a permission, and is for internal apps', async () => {
		const bare = await client.token(SEED.appWithoutScopes);
		const refused = {
			status: 403,
			json: { accessdenieddetail: { requiredScopes: ['Storage.DownloadInfo.Read'] } },
		};
		const { dentryId } = files.welcome;
		expect(await ask(dentryId, undefined, undefined, bare)).toMatchObject(refused);
		const { suiteKey, suiteSecret, suiteTicket, corpId } = SEED.thirdPartyApp;
		const body = { suiteKey, suiteSecret, suiteTicket, authCorpId: corpId };
		const { json } = await client.anonymous('/v1.0/oauth2/corpAccessToken', body);
		const { accessToken } = json as { accessToken: string };
		expect(await ask(dentryId, undefined, undefined, accessToken)).toMatchObject(refused);
	});

	it('leads to any version of a file', async () => {
		const { id } = await uploaded();
		await client.upload(folders.empty.dentryUuid, 'a.bin', 'second', {
			conflictStrategy: 'OVERWRITE',
		});
		const contents = [1, 2, undefined].map(async (version) => {
			const answer = await ask(id, version === undefined ? {} : { version });
			return String((await get(placeIn(answer))).bytes.subarray(0, 6));
		});
		expect(await Promise.all(contents)).toEqual([
			String(CONTENT.subarray(0, 6)),
			'second',
			'second',
		]);
	});
});

describe('the storage GET', () => {
	it('gives the bytes, with their length and checksums', async () => {
		const { status, headers, bytes } = await get(await uploaded());
		expect(status).toBe(200);
		expect(bytes.equals(CONTENT)).toBe(true);
		const [{ md5, crc64 }] = service.files(folders.empty.dentryUuid);
		expect(headers).toMatchObject({
			...{ etag: `"${md5.toUpperCase()}"`, 'x-oss-hash-crc64ecma': crc64 },
			...{ 'content-length': '1000', 'accept-ranges': 'bytes' },
			...{ 'content-type': 'application/octet-stream', server: 'AliyunOSS' },
		});
	});

	// The examples of the page about ranges.
	it.each<[string, number, string?, number?]>([
		['bytes=0-499', 206, '0-499', 500],
		['bytes=500-999', 206, '500-999', 500],
		['bytes=-500', 206, '500-999', 500],
		['bytes=500-', 206, '500-999', 500],
		['bytes=0-', 206, '0-999', 1000],
		['bytes=0-499,500-999', 206, '0-499', 500],
		['byte=0-499', 200],
		['bytes=0-1000', 200],
		['bytes=1000-2000', 200],
		['bytes=1000-', 200],
		['bytes=-2000', 200],
		['bytes=9-1', 200],
	])('answers the range %s with %i', async (range, status, place, length = 1000) => {
		const answer = await get(await uploaded(), { range });
		expect([answer.status, answer.bytes.length]).toEqual([status, length]);
		expect(answer.headers['content-range']).toBe(place && `bytes ${place}/1000`);
		const from = Number(place?.split('-')[0] ?? 0);
		expect(answer.bytes.equals(CONTENT.subarray(from, from + length))).toBe(true);
	});

	it('does not take a header of its own that was not signed', async () => {
		const more = { range: 'bytes=0-', 'x-oss-range-behavior': 'standard' };
		const { status, bytes } = await get(await uploaded(), more);
		expect([status, String(bytes)]).toEqual([
			403,
			expect.stringContaining('SignatureDoesNotMatch'),
		]);
	});

	it('looks whether the object is the one that is meant', async () => {
		const place = await uploaded();
		const { etag } = (await get(place)).headers;
		expect((await get(place, { 'if-match': etag, range: 'bytes=1-' })).status).toBe(206);
		expect((await get(place, { 'if-match': '"other"' })).status).toBe(412);
	});

	it('wants its own signature, and in time', async () => {
		const place = await uploaded();
		expect((await get({ ...place, headers: {} })).status).toBe(403);
		const put = await send(place.url, { method: 'PUT', headers: place.headers, body: 'x' });
		expect(put.status).toBe(403);
		clock += 901_000;
		expect(String((await get(place)).bytes)).toContain('RequestTimeTooSkewed');
		const { url } = place;
		const missing = placeIn(await ask(files.welcome.dentryId));
		service.reset();
		expect((await get({ ...missing, url: missing.url })).status).toBe(404);
		expect(url).not.toBe(missing.url);
	});
});

describe('faults of the storage GET', () => {
	const failing = async (fault: Fault) => {
		const place = await uploaded();
		service.fail({ call: 'ossGet', fault });
		return await get(place, { range: 'bytes=100-' });
	};

	it.each<[string, Fault]>([
		['before anything', { kind: 'reset', when: 'beforeBody' }],
		['in the middle', { kind: 'reset', when: 'duringBody', afterBytes: 300 }],
		['instead of an answer', { kind: 'reset', when: 'afterWork' }],
		['after half of it', { kind: 'truncatedAnswer' }],
	])('break it off %s', async (_when, fault) => {
		await expect(failing(fault)).rejects.toThrow();
		expect(service.callsOf('ossGet')[0].bytes ?? 0).toBeLessThan(900);
	});

	it('change a byte on the way, and no checksum', async () => {
		const { headers, bytes } = await failing({ kind: 'corrupt', at: 'middle' });
		expect(bytes.length).toBe(900);
		expect([...bytes].filter((byte, at) => byte !== CONTENT[100 + at])).toHaveLength(1);
		expect(headers['x-oss-hash-crc64ecma']).toBe(service.files()[0].crc64);
	});

	it('ignore ranges', async () => {
		const { status, bytes } = await failing({ kind: 'noRanges' });
		expect([status, bytes.length]).toEqual([200, 1000]);
	});

	it('give other bytes, and their checksums', async () => {
		const other = Buffer.alloc(200, 'other');
		const fault: Fault = { kind: 'otherBytes', bytes: other, change: (headers) => headers };
		const { headers, bytes } = await failing(fault);
		expect(bytes.equals(other.subarray(100))).toBe(true);
		expect(headers['x-oss-hash-crc64ecma']).not.toBe(service.files()[0].crc64);
	});

	it('take the length away', async () => {
		const change = (headers: Record<string, string>) =>
			Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Content-Length'));
		const { headers, bytes } = await failing({ kind: 'changedHeaders', change });
		expect([headers['content-length'], bytes.length]).toEqual([undefined, 900]);
	});

	it('send it slowly', async () => {
		const begun = performance.now();
		await failing({ kind: 'slow', bytesPerSecond: 9_000 });
		expect(performance.now() - begun).toBeGreaterThan(80);
	});
});
