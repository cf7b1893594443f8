import { request } from 'undici';
import { beforeEach, describe, expect, it } from 'vitest';
import { SEED, startLocalPds } from './index';
import { useService } from '../core/use-service';
import { bodyOf, noise, numbered, PART_BYTES, PdsClient, told } from './test-client';

const start = Date.UTC(2026, 10, 1, 12);
let clock = start;
const service = useService(async () => await startLocalPds({ now: () => clock }));
const client = new PdsClient(service);
beforeEach(() => void (clock = start));

describe('creation refuses', () => {
	const part = (fields: object) => ({ part_info_list: [{ part_number: 1, ...fields }] });
	const sha1 = 'a'.repeat(40);
	const secondWith = (context: object) => ({
		part_info_list: [{ part_number: 2, parallel_sha1_ctx: context }],
	});

	it.each<[string, object, string]>([
		['a missing name', { name: undefined }, 'InvalidParameter'],
		['a long name', { name: '知'.repeat(342) }, 'InvalidParameter.Name'],
		['a slash', { name: 'a/b' }, 'InvalidParameter.Name'],
		['another type', { type: 'link' }, 'InvalidParameter'],
		['no drive', { drive_id: undefined }, 'InvalidParameterMissing.DriveId'],
		['another drive', { drive_id: '2' }, 'NotFound.Drive'],
		['another share', { share_id: 'x' }, 'NotFound.Share'],
		['another parent', { parent_file_id: 'x' }, 'NotFound.File'],
		['another file', { file_id: 'x' }, 'NotFound.File'],
		['a field nobody knows', { proof_code: 'x' }, 'InvalidParameter'],
		["the SDK's own modes", { check_name_mode: 'overwrite' }, 'InvalidParameter'],
		['a bad hash', { size: 1, pre_hash: 'x' }, 'InvalidParameter.PreHash'],
		['a hash without size', { content_hash: sha1 }, 'InvalidParameterMissing.Size'],
		['an empty list', { part_info_list: [] }, 'InvalidParameterEmpty.PartInfoList'],
		[
			'a part twice',
			{ part_info_list: [...numbered(1), ...numbered(1)] },
			'InvalidParameter.PartNumber',
		],
		['part 0', part({ part_number: 0 }), 'InvalidParameterOutOfRange.PartNumber'],
		['part 10,001', part({ part_number: 10_001 }), 'InvalidParameterOutOfRange.PartNumber'],
		[
			'10,001 parts',
			{ part_info_list: numbered(10_001) },
			'InvalidParameterOutOfRange.PartInfoList',
		],
		[
			'a signed word',
			secondWith({ h: [-1, 2, 3, 4, 5], part_offset: 64 }),
			'InvalidParameter.ParallelSha1Ctx',
		],
		[
			'a word too large',
			secondWith({ h: [2 ** 32, 2, 3, 4, 5], part_offset: 64 }),
			'InvalidParameter.ParallelSha1Ctx',
		],
		[
			'four words',
			secondWith({ h: [1, 2, 3, 4], part_offset: 64 }),
			'InvalidParameter.ParallelSha1Ctx',
		],
		[
			'an offset within a block',
			secondWith({ h: [1, 2, 3, 4, 5], part_offset: 65 }),
			'InvalidParameter.ParallelSha1Ctx',
		],
		[
			'words before the first part',
			part({ parallel_sha1_ctx: { h: [1, 2, 3, 4, 5], part_offset: 0 } }),
			'InvalidParameter.ParallelSha1Ctx',
		],
		[
			'a parallel part without context',
			{ parallel_upload: true, part_info_list: numbered(2) },
			'InvalidParameterMissing.ParallelSha1Ctx',
		],
	])('%s', async (_what, fields, code) => {
		expect(told(await client.create(fields))[1]).toBe(code);
		expect(service.uploads()).toEqual([]);
	});

	it('what is no JSON, and what is no API', async () => {
		expect(told(await client.post('/v2/file/create', '{'))).toEqual([
			400,
			'InvalidRequestJSONFormat',
		]);
		const type = { 'content-type': 'text/plain' };
		expect(told(await client.post('/v2/file/create', {}, type))[0]).toBe(400);
		const unknown = await client.post('/v2/file/delete', {});
		expect(unknown.status).toBe(404);
		expect(unknown.headers['x-ca-request-id']).toMatch(/^[0-9A-F-]{36}$/);
	});
});

describe('a service without a feature, or with limits', () => {
	it('refuses parallel uploads, and more addresses than it gives at once', async () => {
		const small = await startLocalPds({ parallelAllowed: false, maxPartsPerUrlCall: 3 });
		try {
			const other = new PdsClient(small);
			expect(told(await other.create({ parallel_upload: true }))).toEqual([
				400,
				'InvalidParameterNotSupported.ParallelUpload',
			]);
			const upload = await other.begin(3);
			expect(told(await other.urls(upload, numbered(4)))).toEqual([
				400,
				'InvalidParameterOutOfRange.PartInfoList',
			]);
		} finally {
			await small.close();
		}
	});
});

describe('a part is refused', () => {
	it('out of order', async () => {
		const { part_info_list: parts } = await client.begin(2);
		expect(told(await client.put(parts[1], 'x'))).toEqual([400, 'PartNotSequential']);
	});

	it('the second time', async () => {
		const { part_info_list: parts } = await client.begin(2);
		expect((await client.put(parts[0], 'x')).status).toBe(200);
		const again = await client.put(parts[0], 'x');
		expect(told(again)).toEqual([409, 'PartAlreadyExist']);
		expect(again.text).toContain("you can't overwrite uploaded parts");
	});

	it('at an address that is too old, until it is asked for anew', async () => {
		const upload = await client.begin(1);
		clock += 901_000;
		const late = await client.put(upload.part_info_list[0], 'x');
		expect(told(late)).toEqual([403, 'AccessDenied']);
		expect(late.text).toContain('Request has expired.');
		const answer = bodyOf(await client.urls(upload, numbered(1)));
		expect((await client.put(answer.part_info_list[0], 'x')).status).toBe(200);
	});

	it.each([
		['with a Content-Type that was not signed', { 'content-type': 'application/octet-stream' }],
		['with a Content-MD5 that was not signed', { 'content-md5': 'nda8vJPZ6AcDpfiBYEbHjA==' }],
	])('%s', async (_what, headers) => {
		const { part_info_list: parts } = await client.begin(1);
		const answer = await client.put(parts[0], 'x', headers as Record<string, string>);
		expect(told(answer)).toEqual([403, 'SignatureDoesNotMatch']);
	});

	it('with an access token beside the signature', async () => {
		const { part_info_list: parts } = await client.begin(1);
		const headers = { authorization: `Bearer ${SEED.accessToken}` };
		expect((await client.put(parts[0], 'x', headers)).status).toBe(400);
	});

	it('at another number or another place than was signed', async () => {
		const { part_info_list: parts } = await client.begin(1);
		const url = parts[0].upload_url;
		for (const other of [url.replace('partNumber=1', 'partNumber=2'), url.replace('?', 'x?')]) {
			const answer = await client.put({ ...parts[0], upload_url: other }, 'x');
			expect(told(answer)).toEqual([403, 'SignatureDoesNotMatch']);
		}
	});

	it('by another method', async () => {
		const { part_info_list: parts } = await client.begin(1);
		expect((await request(parts[0].upload_url)).statusCode).toBe(403);
	});

	it('when the upload is over', async () => {
		const upload = await client.begin(1);
		await client.put(upload.part_info_list[0], 'x');
		await client.complete(upload);
		const answer = await client.put(upload.part_info_list[0], 'x');
		expect(told(answer)).toEqual([404, 'NoSuchUpload']);
		expect(answer.text).toContain('The specified upload does not exist');
	});

	it('when the upload was given up', async () => {
		const upload = await client.begin(1);
		service.abortUpload(upload.upload_id);
		expect(told(await client.put(upload.part_info_list[0], 'x'))[1]).toBe('NoSuchUpload');
		const gone = [404, 'NotFound.UploadId'];
		expect(told(await client.urls(upload, numbered(1)))).toEqual(gone);
		expect(told(await client.list(upload))).toEqual(gone);
		expect(told(await client.complete(upload))).toEqual(gone);
	});
});

describe('completion is refused', () => {
	it('the second time, though the file is there and its addresses are not', async () => {
		const upload = await client.begin(1);
		await client.put(upload.part_info_list[0], 'x');
		expect((await client.complete(upload)).status).toBe(200);
		expect(told(await client.complete(upload))).toEqual([404, 'NotFound.UploadId']);
		expect(told(await client.list(upload))).toEqual([404, 'NotFound.UploadId']);
		expect(told(await client.urls(upload, numbered(1)))).toEqual([409, 'AlreadyExist.File']);
		expect((await client.get(upload.file_id)).status).toBe(200);
	});

	it('of parts that are too small', async () => {
		const upload = await client.begin(2);
		await client.put(upload.part_info_list[0], noise(PART_BYTES - 1));
		await client.put(upload.part_info_list[1], 'x');
		expect(told(await client.complete(upload))).toEqual([400, 'EntityTooSmall']);
	});

	it('of nothing, of less than announced, and of other content', async () => {
		const nothing = await client.begin(1);
		expect(told(await client.complete(nothing))[1]).toBe('InvalidParameterEmpty.PartInfoList');
		expect(told(await client.get(nothing.file_id))).toEqual([404, 'NotFound.File']);
		const less = await client.begin(1, { size: 2 });
		await client.put(less.part_info_list[0], 'x');
		expect(told(await client.complete(less))[1]).toBe('InvalidParameterNotMatch.Size');
		const other = await client.begin(1, { size: 1, content_hash: 'a'.repeat(40) });
		await client.put(other.part_info_list[0], 'x');
		expect(told(await client.complete(other))[1]).toBe('InvalidParameterNotMatch.ContentHash');
	});

	it('with a wrong etag, a wrong CRC, and a CRC that is not a string', async () => {
		const upload = await client.begin(1);
		await client.put(upload.part_info_list[0], noise(1000));
		const parts = [{ part_number: 1, etag: 'x' }];
		expect(told(await client.complete(upload, { part_info_list: parts }))[1]).toBe(
			'InvalidParameterNotMatch.Etag',
		);
		const answers = ['1', 'x', 1].map(
			async (crc64_hash) => told(await client.complete(upload, { crc64_hash }))[1],
		);
		expect(await Promise.all(answers)).toEqual([
			'InvalidParameterNotMatch.Crc64Hash',
			'InvalidParameter.Crc64Hash',
			'InvalidParameter',
		]);
	});
});

describe('listing refuses', () => {
	it.each([{ limit: 0 }, { limit: 101 }])('%o', async (fields) => {
		const upload = await client.begin(1);
		expect(told(await client.list(upload, fields))[1]).toBe('InvalidParameterOutOfRange.Limit');
	});
});
