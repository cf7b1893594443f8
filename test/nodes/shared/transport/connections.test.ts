import { afterAll, describe, expect, it } from 'vitest';

import { refusingUrl } from '../../../services/core/ports';
import { testTables, type Row } from '../retries/support/rows';
import { openRig, type DingTalkRig } from '../../DingTalkKnowledgeBase/support/rig';
import { startTlsFront } from './support/certificate';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };

const untrusted = await startTlsFront(await refusingUrl());
afterAll(() => untrusted.close());

const redirects = [301, 302, 303, 307, 308].flatMap((status): Row[] => [
	{
		what: `(${status}) is never followed with a file`,
		upload: { size: 300_000 },
		faults: ({ service }) => {
			const location = `${service.ossUrl}/elsewhere`;
			return [{ call: 'ossPut', fault: { kind: 'redirect', status, location } }];
		},
		counts: { token: 1, uploadInfo: 1, ossPut: 1 },
		fails: {
			message: `The storage refused the file (HTTP ${status})`,
			description: /redirect, which is not followed/,
		},
	},
	{
		what: `(${status}) is never followed with a commit`,
		faults: ({ service }) => {
			const location = `${service.apiUrl}/elsewhere`;
			return [{ call: 'commit', fault: { kind: 'redirect', status, location } }];
		},
		counts: GOOD,
		fails: { message: /^It is unknown whether/ },
	},
]);

testTables({
	'a redirect': [
		...redirects,
		{
			what: 'of a call is an error that repeating does not cure',
			faults: ({ service }) => {
				const location = `${service.apiUrl}/elsewhere`;
				const fault = { kind: 'redirect' as const, status: 302, location };
				return [{ call: 'uploadInfo', times: Infinity, fault }];
			},
			counts: { token: 1, uploadInfo: 1 },
			fails: { message: /./, description: /proxy/ },
		},
	],
	'a certificate that is not trusted': [
		{
			what: 'is a clear error at once',
			credential: { apiBaseUrl: untrusted.url },
			counts: {},
			fails: {
				message: `The certificate of ${new URL(untrusted.url).host} is not trusted`,
				description: /NODE_EXTRA_CA_CERTS/,
				data: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
			},
		},
		{
			what: 'of the storage is one too, and nothing is sent there',
			faults: () => {
				const headerSignatureInfo = { resourceUrls: [`${untrusted.url}/x`], headers: {} };
				const body = { uploadKey: 'key', headerSignatureInfo };
				return [{ call: 'uploadInfo', fault: { kind: 'answer', status: 200, body } }];
			},
			counts: { token: 1, uploadInfo: 1 },
			fails: { message: /is not trusted$/, data: { step: 'uploadToOss' } },
			// One for each of the two rows: neither was tried again.
			also: () => expect(untrusted.connections()).toBe(2),
		},
	],
});

describe('connections', () => {
	const rigs: DingTalkRig[] = [];
	afterAll(async () => {
		for (const rig of rigs) await rig.close();
	});

	async function opened(maxConcurrency: number, ...runs: number[]) {
		const rig = await openRig({ service: { latencyMs: 5 } });
		rigs.push(rig);
		for (const files of runs) {
			const { result } = await rig.upload({ files, size: 1000, options: { maxConcurrency } });
			expect(result.error).toBeUndefined();
		}
		const { service } = rig;
		return [service.connections('api').opened, service.connections('oss').opened];
	}

	it('are no more than files at a time, per host, and serve the next run too', async () => {
		const [api, oss] = await opened(4, 30, 10);
		expect(oss).toBeLessThanOrEqual(4);
		expect(api).toBeLessThanOrEqual(4);
	});

	it('of a run with one file at a time are one per host', async () => {
		expect(await opened(1, 10)).toEqual([1, 1]);
	});
});
