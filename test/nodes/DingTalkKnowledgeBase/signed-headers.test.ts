import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { CommittedDentries } from '../../../nodes/DingTalkKnowledgeBase/committed-dentries';
import { uploadFile } from '../../../nodes/DingTalkKnowledgeBase/upload-file';
import { Issued } from '../../../nodes/shared/issued';
import type { HttpRequest } from '../../../nodes/shared/transport';
import { UndiciTransport } from '../../../nodes/shared/transport';
import { answerOf } from '../support/fake-transport';
import { hostileText } from '../support/hostile';
import { expectExplained } from '../support/hostile-answers';
import { runs } from '../support/runs';
import { startRawWire, type RawWire } from '../support/wire';

const TOKEN = 'token-that-is-secret';
const SECRET = 'app-secret-that-is-secret';
const FILE = 'the file';

let storage: RawWire;
let apps = 0;

beforeAll(async () => {
	storage = await startRawWire('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
});
afterAll(async () => await storage.close());

const name = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			...['Host', 'host', 'Content-Length', 'content-length', 'Transfer-Encoding', 'Connection'],
			...['connection', 'Keep-Alive', 'Upgrade', 'Expect', 'TE', 'Trailer', 'Authorization'],
			...['authorization', 'Content-Type', 'content-type', 'x-oss-date', 'Cookie', 'Date'],
			...['x-acs-dingtalk-access-token', 'X-Forwarded-Host', 'X-HTTP-Method-Override', ''],
			...['__proto__', 'constructor', 'a b', 'a:b', 'a\r\nHost', 'ä', 'a\0'],
		),
	},
	{ weight: 1, arbitrary: hostileText() },
);
const value = fc.oneof(
	fc.constantFrom(
		...['', '0', '1', '999', 'chunked', 'close', 'upgrade', 'evil.example', '100-continue'],
		...[
			'a\r\nHost: evil.example',
			'a\r\n\r\nGET /evil HTTP/1.1\r\n\r\n',
			'a\nb',
			'a\0b',
			'é',
			'中',
		],
		...['OSS key:c2lnbmF0dXJl', '\t', ' x ', '8', '8, 8', '+8', '0x8'],
	),
	hostileText(),
);

/** The whole upload with these signed headers: the service is a stand-in, the storage is a socket. */
async function upload(headers: Record<string, string>): Promise<unknown> {
	const real = new UndiciTransport();
	const transport = Object.assign(real, {
		send: async (request: HttpRequest) => {
			if (request.method === 'PUT') return await UndiciTransport.prototype.send.call(real, request);
			if (request.url.includes('/oauth2/'))
				return answerOf(200, { accessToken: TOKEN, expireIn: 7200 });
			const signature = { resourceUrls: [`${storage.url}/object`], headers };
			return answerOf(200, {
				...{ uploadKey: 'k', headerSignatureInfo: signature },
				dentry: { uuid: 'u', name: 'n' },
			});
		},
	});
	const app = { appKey: `key-${++apps}`, appSecret: SECRET };
	const credentials = readCredentials({
		region: 'custom',
		apiBaseUrl: 'http://127.0.0.1:1',
		...app,
	});
	const source = {
		size: FILE.length,
		open: async function* () {
			yield Buffer.from(FILE);
		},
	};
	return await uploadFile(new DingTalkClient({ transport, credentials }), {
		source,
		info: { parentDentryUuid: 'p', unionId: 'o', name: 'n', size: FILE.length },
		commit: {},
		timeout: 5_000,
		...{ issued: new Issued(), committed: new CommittedDentries() },
	});
}

/** One request, which is the one that was meant. */
function expectOnlyThePut(received: string, signed: Record<string, string>): void {
	const end = received.indexOf('\r\n\r\n');
	const [start, ...lines] = received.slice(0, end).split('\r\n');
	expect(start).toBe('PUT /object HTTP/1.1');
	expect(received.slice(end + 4)).toBe(FILE);
	const sent = lines.map((line) => line.split(/: ?(.*)/s).slice(0, 2));
	const named = (wanted: string) =>
		sent.filter(([each]) => each.toLowerCase() === wanted).map(([, text]) => text);
	expect(named('host')).toEqual([new URL(storage.url).host]);
	expect(named('content-length')).toEqual([String(FILE.length)]);
	expect(named('transfer-encoding')).toEqual([]);
	expect(named('content-type')).toHaveLength(1);
	const own = /^(?:host|connection|content-length|content-type|user-agent|accept-encoding)$/i;
	const others = sent.filter(([each]) => !own.test(each)).map(([each]) => each);
	expect(others.sort()).toEqual(
		Object.keys(signed)
			.filter((each) => !own.test(each))
			.sort(),
	);
	expect(received).not.toContain(TOKEN);
	expect(received).not.toContain(SECRET);
}

describe('signed headers that mean harm', () => {
	it('are sent as they are in one request to the storage, or refused before it', async () => {
		const outcomes = { sent: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 3 }), async (headers) => {
				storage.connections.length = 0;
				try {
					await upload(headers);
				} catch (error) {
					outcomes.refused++;
					expect(storage.connections.join('')).toBe('');
					expectExplained(error, ['getUploadInfo', 'uploadToOss'], [TOKEN, SECRET]);
					return;
				}
				outcomes.sent++;
				expect(storage.connections).toHaveLength(1);
				expectOnlyThePut(storage.connections[0], headers);
			}),
			runs(200),
		);
		expect(Math.min(outcomes.sent, outcomes.refused)).toBeGreaterThan(20);
	});
});
