import { afterAll, describe, expect, it } from 'vitest';

import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import { readCredentials } from '../../../../nodes/AlibabaCloudPds/api/credentials';
import { BufferPool } from '../../../../nodes/AlibabaCloudPds/upload/buffer-pool';
import { uploadFile } from '../../../../nodes/AlibabaCloudPds/upload/upload-file';
import { Issued } from '../../../../nodes/shared/issued';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { useService } from '../../../services/core/use-service';
import { SEED, startLocalPds } from '../../../services/pds';
import { bytes, PART } from '../support/rig';

// A service that tells no SHA-1, only the CRC-64: then that decides.
const local = useService(
	async () => await startLocalPds({ hashes: ['md5', 'crc64'], keepBytes: true }),
);
afterAll(closeDispatchers);

const content = bytes(3.5 * PART);

/** Uploads a file of four parts. @returns how often it was opened, and its failure */
async function upload(concurrency: number, resume?: { fileId: string; uploadId: string }) {
	let opened = 0;
	const open = async function* () {
		opened++;
		for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
	};
	const transport = new UndiciTransport();
	const { accessToken, driveId } = SEED;
	const credentials = readCredentials({
		...{ domainId: SEED.domainId, apiBaseUrl: local.apiUrl, accessToken },
		authType: 'accessToken',
	});
	const [result] = await Promise.allSettled([
		uploadFile({
			...{ client: new PdsClient({ transport, credentials }), name: 'a.bin', driveId },
			...{ source: { size: content.length, open }, parentFileId: 'root', partSize: PART, resume },
			...{ rapidUpload: false, concurrency, buffers: new BufferPool(concurrency) },
			...{ sequentialDrives: new Set<string>(), issued: new Issued(), timeout: 10_000 },
			signal: new AbortController().signal,
		}),
	]);
	return { opened, error: result.status === 'rejected' ? (result.reason as unknown) : undefined };
}

describe.each([
	['one after the other', 1],
	['several at a time', 3],
])('a file whose parts go %s', (_, concurrency) => {
	const lost = { kind: 'reset', when: 'afterWork' } as const;

	it('is read once, and compared by the CRC-64 of its parts', async () => {
		expect(await upload(concurrency)).toEqual({ opened: 1, error: undefined });
		expect(local.files()[0].bytes?.equals(content)).toBe(true);
	});

	it('is read once when the answer of the completion is lost', async () => {
		local.fail({ call: 'completeFile', fault: lost });
		expect(await upload(concurrency)).toEqual({ opened: 1, error: undefined });
	});

	it('is read once more when it is resumed', async () => {
		const refused = { kind: 'apiError', status: 403, code: 'QuotaExhausted.Drive' } as const;
		local.fail({ call: 'completeFile', fault: refused });
		await upload(concurrency);
		const [{ fileId, uploadId }] = local.uploads();
		const again = await upload(concurrency, { fileId, uploadId });
		expect(again).toEqual({ opened: 1, error: undefined });
		expect(local.callsOf('partPut')).toHaveLength(4);
	});

	it('is an error when the stored file has another CRC-64', async () => {
		const change = (body: object) => ({ ...body, crc64_hash: '12' });
		local.fail({ call: 'completeFile', fault: { kind: 'changedAnswer', change } });
		const { opened, error } = await upload(concurrency);
		expect(error).toMatchObject({ facts: { code: 'CHECKSUM_MISMATCH', step: 'complete' } });
		expect(opened).toBe(1);
	});
});
