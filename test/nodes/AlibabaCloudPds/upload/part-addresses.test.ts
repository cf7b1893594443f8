import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import { readCredentials } from '../../../../nodes/AlibabaCloudPds/api/credentials';
import { BufferPool } from '../../../../nodes/AlibabaCloudPds/upload/buffer-pool';
import { uploadFile } from '../../../../nodes/AlibabaCloudPds/upload/upload-file';
import { UploadError } from '../../../../nodes/shared/errors';
import { Issued } from '../../../../nodes/shared/issued';
import type { StreamBody } from '../../../../nodes/shared/transport';
import { notWeb, suspicious, withUser } from '../../shared/oss/support/addresses';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import { runs } from '../../support/runs';

const CONTENT = new Uint8Array(1);
const MD5 = createHash('md5').update(CONTENT).digest('hex');

// Where an answer has no address at all, another is asked for.
const impossible = fc.oneof(
	notWeb.filter((text) => text !== ''),
	withUser,
);

/** Uploads to a service that gives out this address for the only part, at once or when asked again. */
async function upload(address: string, atOnce: boolean, more: object = {}) {
	const list = [{ part_number: 1, upload_url: address, content_type: '' }];
	const { signal } = new AbortController();
	const transport = new FakeTransport(async ({ url, method, body }) => {
		if (method === 'PUT') {
			for await (const chunk of (body as StreamBody).chunks(signal)) void chunk;
			return answerOf(200, '', { etag: MD5 });
		}
		if (url.endsWith('/complete')) return answerOf(200, { file_id: 'f' });
		const parts = url.endsWith('/create') && !atOnce ? [] : list;
		return answerOf(200, { file_id: 'f', upload_id: 'u', part_info_list: parts });
	});
	const credentials = readCredentials({ domainId: 'bj1', accessToken: 't', ...more });
	let opened = 0;
	const source = {
		size: CONTENT.length,
		open: async function* () {
			opened++;
			yield CONTENT;
		},
	};
	const error = await uploadFile({
		...{ client: new PdsClient({ transport, credentials }), source, name: 'n' },
		...{ driveId: '1', parentFileId: 'root', partSize: 100, rapidUpload: false, concurrency: 1 },
		...{
			buffers: new BufferPool(1),
			sequentialDrives: new Set<string>(),
			issued: new Issued(),
			timeout: 1_000,
		},
		signal,
	}).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	const base = `${credentials.apiBaseUrl}/v2/`;
	const elsewhere = transport.requests.map(({ url }) => url).filter((url) => !url.startsWith(base));
	return { error, elsewhere, opened };
}

async function expectRefused(address: string, atOnce: boolean, more?: object): Promise<void> {
	const { error, elsewhere } = await upload(address, atOnce, more);
	expect(error).toBeInstanceOf(UploadError);
	expect((error as UploadError).facts).toMatchObject({
		code: 'UNSAFE_STORAGE_URL',
		step: 'putPart',
	});
	expect(elsewhere).toEqual([]);
}

describe('the address of a part', () => {
	const own = { apiBaseUrl: 'http://127.0.0.1:1' };

	it('that leads into the own network gets no request', async () => {
		const property = fc.asyncProperty(suspicious, fc.boolean(), async (address, atOnce) => {
			await expectRefused(address, atOnce);
		});
		await fc.assert(property, runs(200));
	});

	it.each([{}, own])('that is none of the web gets no request with %j', async (more) => {
		const property = fc.asyncProperty(impossible, fc.boolean(), async (address, atOnce) => {
			await expectRefused(address, atOnce, more);
		});
		await fc.assert(property, runs(150));
	});

	it('may be any of the web with a base URL of the user', async () => {
		const property = fc.asyncProperty(suspicious, fc.boolean(), async (address, atOnce) => {
			const { error, elsewhere, opened } = await upload(address, atOnce, own);
			expect(error).toBeUndefined();
			expect([elsewhere, opened > 0]).toEqual([[address], true]);
		});
		await fc.assert(property, runs(100));
	});
});
