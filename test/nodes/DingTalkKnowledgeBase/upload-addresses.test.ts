import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { getDownloadInfo } from '../../../nodes/DingTalkKnowledgeBase/api/get-download-info';
import { getFileUploadInfo } from '../../../nodes/DingTalkKnowledgeBase/api/get-file-upload-info';
import { CommittedDentries } from '../../../nodes/DingTalkKnowledgeBase/committed-dentries';
import { Issued } from '../../../nodes/shared/issued';
import { uploadFile } from '../../../nodes/DingTalkKnowledgeBase/upload-file';
import { uploadResource } from '../../../nodes/DingTalkKnowledgeBase/upload-resource';
import { UploadError } from '../../../nodes/shared/errors';
import { notWeb, suspicious, withUser } from '../shared/oss/support/addresses';
import { answerOf, FakeTransport } from '../support/fake-transport';
import { runs } from '../support/runs';

/** Addresses that are always refused. */
const impossible = fc.oneof(notWeb, withUser);

let apps = 0;

/** A client whose service gives out this address for the bytes. */
function clientFor(address: string, region: 'international' | 'china' | 'custom') {
	const transport = new FakeTransport(({ url, method }) => {
		if (method === 'PUT') return answerOf(200, '');
		if (url.includes('/oauth2/')) return answerOf(200, { accessToken: 't', expireIn: 7200 });
		if (url.includes('/commit?')) return answerOf(200, { dentry: { uuid: 'u', name: 'n' } });
		const signature = { resourceUrls: [address], headers: { Authorization: 'OSS a:b' } };
		return answerOf(200, {
			...{ uploadKey: 'k', headerSignatureInfo: signature },
			result: { uploadUrl: address, resourceId: 'r', resourceUrl: '/r' },
		});
	});
	const app = { appKey: `key-${++apps}`, appSecret: 's' };
	const credentials = readCredentials({ region, apiBaseUrl: 'http://127.0.0.1:1', ...app });
	return { transport, client: new DingTalkClient({ transport, credentials }) };
}

/** A file that tells whether it was opened. */
function fileThatCounts() {
	const source = {
		size: 1,
		opened: 0,
		async *open() {
			source.opened++;
			yield new Uint8Array(1);
		},
	};
	return source;
}

type File = ReturnType<typeof fileThatCounts>;

const info = { parentDentryUuid: 'p', unionId: 'o', name: 'n', size: 1 };
const dentry = { spaceId: '1', dentryId: '2', unionId: 'o' };
const resource = { docId: 'd', operatorId: 'o', size: 1, mediaType: 'a/b', resourceName: 'n' };
const steps: Array<[string, (client: DingTalkClient, source: File) => Promise<unknown>]> = [
	[
		'Upload File',
		async (client, source) =>
			await uploadFile(client, {
				...{ source, info, commit: {}, timeout: 1_000 },
				...{ issued: new Issued(), committed: new CommittedDentries() },
			}),
	],
	[
		'Upload Doc Resource',
		async (client, source) =>
			await uploadResource(client, {
				...{ source, info: resource, timeout: 1_000, issued: new Issued() },
			}),
	],
	// What it gives out, Upload to OSS sends files to, which has no credential to judge by.
	['Get Upload Info', async (client) => await getFileUploadInfo(client, info)],
	['Download File', async (client) => await getDownloadInfo(client, dentry)],
];

describe.each(steps)('an address from an answer in %s', (name, step) => {
	async function outcomeOf(address: string, region: 'international' | 'china' | 'custom') {
		const { client, transport } = clientFor(address, region);
		const source = fileThatCounts();
		const error = await step(client, source).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		const puts = transport.requests.filter(({ method }) => method === 'PUT');
		const elsewhere = transport.requests.filter(
			({ url }) => !url.startsWith(`${client.credentials.apiBaseUrl}/`),
		);
		return { error, puts, elsewhere, opened: source.opened };
	}

	async function expectRefused(address: string, region: 'international' | 'china' | 'custom') {
		const { error, elsewhere, opened } = await outcomeOf(address, region);
		expect(error).toBeInstanceOf(UploadError);
		expect((error as UploadError).facts).toMatchObject({
			code: 'UNSAFE_STORAGE_URL',
			title: expect.stringMatching(/^The (?:up|down)load address in the answer is not a/) as string,
		});
		expect((error as UploadError).facts.step).toMatch(/^get/);
		expect([elsewhere, opened]).toEqual([[], 0]);
	}

	it.each(['international', 'china'] as const)(
		'that leads into the own network gets no request: region %s',
		async (region) => {
			const property = async (address: string) => await expectRefused(address, region);
			await fc.assert(fc.asyncProperty(suspicious, property), runs(200));
		},
	);

	it.each(['international', 'custom'] as const)(
		'that is none of the web, or carries a user name, gets no request: region %s',
		async (region) => {
			const property = async (address: string) => await expectRefused(address, region);
			await fc.assert(fc.asyncProperty(impossible, property), runs(150));
		},
	);

	it('may be any of the web with the base URLs of a custom region', async () => {
		await fc.assert(
			fc.asyncProperty(suspicious, async (address) => {
				const { error, puts } = await outcomeOf(address, 'custom');
				expect(error).toBeUndefined();
				expect(puts.map(({ url }) => url)).toEqual(/^Upload/.test(name) ? [address] : []);
			}),
			runs(100),
		);
	});
});
