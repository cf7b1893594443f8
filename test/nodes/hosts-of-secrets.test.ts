import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SEED, type CallName, type Fault } from '../services/dingtalk';
import { SEED as PDS_SEED, type PdsCallName, type PdsFault } from '../services/pds';
import { usePdsRig, uploadOf } from './AlibabaCloudPds/support/rig';
import { locator } from './support/rig';
import {
	uploadOf as dingTalkUploadOf,
	uploadResourceOf,
	useRig,
} from './DingTalkKnowledgeBase/support/rig';
import { withoutWaits } from './support/haste';
import { runs } from './support/runs';
import { startRawWire, startWire, type RawWire, type Wire } from './support/wire';

/** Hosts that are none of the service's: what comes to them is written down to the last byte. */
let other: Wire;
let raw: RawWire;

beforeAll(async () => {
	other = await startWire();
	other.answer = () => ({ body: '' });
	raw = await startRawWire('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
});
beforeEach(() => {
	other.arrived.length = 0;
	raw.connections.length = 0;
});
afterAll(async () => {
	await other.close();
	await raw.close();
});

/** Texts as they could be on the wire: as they are, encoded for an address, or in base64. */
const forms = (text: string) => [
	text,
	encodeURIComponent(text),
	Buffer.from(text).toString('base64').replace(/=+$/, ''),
];

/** The names of the secrets in what came to others. */
function found(secrets: Record<string, string>, atStorage: unknown): string[] {
	const seen = JSON.stringify([other.arrived, raw.connections, atStorage]);
	return Object.keys(secrets).filter((name) =>
		forms(secrets[name]).some((form) => seen.includes(JSON.stringify(form).slice(1, -1))),
	);
}

const status = fc.constantFrom(301, 302, 303, 307, 308);

/** Where a redirect may lead, and an upload address. */
const elsewhere = () => fc.constantFrom(`${other.url}/goal`, `${raw.url}/goal`);

/** What may go wrong with any call, without long waits. */
const trouble = () =>
	fc.oneof(
		fc.tuple(status, elsewhere()).map(([code, location]) => ({
			...{ kind: 'redirect' as const, status: code, location },
		})),
		fc.constantFrom(
			{ kind: 'answer' as const, status: 200, body: '<html>Login</html>' },
			{ kind: 'answer' as const, status: 404, body: { code: 'x', message: 'no' } },
			{ kind: 'answerAfter' as const, status: 403, body: { code: 'permissionDenied' } },
		),
		elsewhere().map((location) => ({
			...{ kind: 'answer' as const, status: 407, body: '' },
			headers: { location, 'proxy-authenticate': `Basic realm="${location}"` },
		})),
	);

describe('the secrets of DingTalk', () => {
	const rig = useRig();

	/** The token is that of the calls so far: the API itself has to have seen it. */
	function secrets(): Record<string, string> {
		const tokens = rig.service.calls.flatMap(({ headers, query }) =>
			[headers['x-acs-dingtalk-access-token'], query.access_token].filter(Boolean),
		);
		return {
			...Object.fromEntries(tokens.map((token, index) => [`token ${index}`, token])),
			...{ 'app secret': SEED.app.appSecret, 'app key': SEED.app.appKey },
		};
	}

	/** Answers that send the bytes to another host, in place of the service's. */
	const lured = () =>
		elsewhere().map((url): Fault => ({
			...{ kind: 'answer', status: 200 },
			body: {
				uploadKey: 'k',
				success: true,
				headerSignatureInfo: {
					resourceUrls: [url],
					headers: { Authorization: 'OSS key:signature', 'x-oss-date': 'now' },
					expirationSeconds: 900,
				},
				result: { uploadUrl: url, resourceId: 'r', resourceUrl: '/r' },
			},
		}));

	const faults = () => {
		const calls = fc.constantFrom<CallName>(
			...(['token', 'uploadInfo', 'ossPut', 'commit', 'docUploadInfo', 'userGet'] as CallName[]),
		);
		const infos = fc.constantFrom<CallName>('uploadInfo', 'docUploadInfo');
		const rule = fc.oneof(
			fc.record({ call: calls, fault: trouble() as fc.Arbitrary<Fault> }),
			fc.record({ call: infos, fault: lured() }),
		);
		return fc.array(rule, { minLength: 1, maxLength: 3 });
	};

	const operator = locator('userId', SEED.operator.userId);

	it('never come to any host but the API, whatever goes wrong', async () => {
		let reached = 0;
		await fc.assert(
			fc.asyncProperty(
				faults(),
				fc.constantFrom(dingTalkUploadOf({}, { operator }), uploadResourceOf()),
				async (rules, parameters) => {
					rig.reset();
					other.arrived.length = 0;
					raw.connections.length = 0;
					rules.forEach((rule) => rig.service.fail(rule));
					const input = [await rig.item({ data: 'the file' })];
					await withoutWaits(async () => await rig.run(parameters, { input }));
					const all = secrets();
					const atStorage = rig.service.calls.filter(({ front }) => front === 'oss');
					expect(found(all, atStorage)).toEqual([]);
					reached += other.arrived.length + raw.connections.length + atStorage.length;
				},
			),
			runs(60),
		);
		expect(reached).toBeGreaterThan(runs(20).numRuns);
	});
});

describe('the secrets of PDS', () => {
	const rig = usePdsRig();

	const key = {
		authType: 'accessKey',
		accessKeyId: PDS_SEED.accessKey.sts.id,
		accessKeySecret: PDS_SEED.accessKey.sts.secret,
		securityToken: PDS_SEED.accessKey.sts.securityToken,
	};
	const { appId, privateKey } = PDS_SEED.jwt;
	const credentials = [{}, key, { authType: 'jwtApp', appId, privateKey }];

	function secrets(): Record<string, string> {
		const all: Record<string, string> = {
			'access token': PDS_SEED.accessToken,
			'private key': privateKey.slice(40, 80),
			'AccessKey secret': PDS_SEED.accessKey.sts.secret,
			'security token': PDS_SEED.accessKey.sts.securityToken,
		};
		rig.service.calls.forEach(({ front, headers, body }, index) => {
			if (front !== 'api') return;
			const [, value] = /^(?:Bearer |acs [^:]+:)(\S+)$/.exec(headers.authorization ?? '') ?? [];
			if (value) all[`authorization ${index}`] = value;
			const { assertion } = (body ?? {}) as { assertion?: string };
			if (assertion) all[`assertion ${index}`] = assertion;
		});
		return all;
	}

	const lured = () =>
		elsewhere().map((url): PdsFault => ({
			...{ kind: 'answer', status: 200 },
			body: {
				...{ file_id: 'f', upload_id: 'u' },
				part_info_list: [{ part_number: 1, upload_url: url, content_type: '' }],
			},
		}));

	const faults = () => {
		const calls = fc.constantFrom<PdsCallName>('token', 'createFile', 'partPut', 'completeFile');
		const infos = fc.constantFrom<PdsCallName>('createFile', 'getUploadUrl');
		const rule = fc.oneof(
			fc.record({ call: calls, fault: trouble() as fc.Arbitrary<PdsFault> }),
			fc.record({ call: infos, fault: lured() }),
		);
		return fc.array(rule, { minLength: 1, maxLength: 3 });
	};

	it('never come to any host but the API, whatever goes wrong', async () => {
		let reached = 0;
		await fc.assert(
			fc.asyncProperty(faults(), fc.constantFrom(...credentials), async (rules, credential) => {
				rig.service.reset();
				other.arrived.length = 0;
				raw.connections.length = 0;
				rules.forEach((rule) => rig.service.fail(rule));
				const input = [await rig.item({ data: 'the file' })];
				await withoutWaits(async () => await rig.run(uploadOf(), { input, credential }));
				const atStorage = rig.service.calls.filter(({ front }) => front === 'oss');
				expect(found(secrets(), atStorage)).toEqual([]);
				reached += other.arrived.length + raw.connections.length + atStorage.length;
			}),
			runs(60),
		);
		expect(reached).toBeGreaterThan(runs(20).numRuns);
	});
});
