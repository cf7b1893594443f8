import { createHash } from 'node:crypto';
import { createCRC64 } from 'hash-wasm';
import { beforeEach, describe, expect, it } from 'vitest';
import { SEED, startLocalPds } from './index';
import { useService } from '../core/use-service';
import { type Body, bodyOf, contextsOf, cut, noise, PART_BYTES, PdsClient } from './test-client';

const start = Date.UTC(2026, 10, 1, 12, 30, 45);
const service = useService(async () => await startLocalPds({ keepBytes: true, now: () => start }));
const client = new PdsClient(service);

function hex(name: string, bytes: Buffer): string {
	return createHash(name).update(bytes).digest('hex');
}

async function crc64Of(bytes: Buffer): Promise<string> {
	const hash = await createCRC64();
	return BigInt(`0x${hash.init().update(bytes).digest('hex')}`).toString();
}

async function expectStored(bytes: Buffer): Promise<void> {
	const [file] = service.files();
	expect(file).toMatchObject({
		size: bytes.length,
		md5: hex('md5', bytes),
		sha1: hex('sha1', bytes),
		sha256: hex('sha256', bytes),
		crc64: await crc64Of(bytes),
	});
	expect(file.bytes?.equals(bytes)).toBe(true);
	expect(service.uploads()).toEqual([]);
}

describe('a sequential upload', () => {
	it('becomes a file, its CRC a number in full', async () => {
		const bytes = noise(2 * PART_BYTES + 1234);
		const parts = cut(bytes);
		const upload = await client.begin(parts.length, { size: bytes.length, name: 'fox 知识.bin' });
		expect(upload).toMatchObject({
			domain_id: SEED.domainId,
			drive_id: SEED.driveId,
			file_name: 'fox 知识.bin',
			parent_file_id: 'root',
			type: 'file',
			status: 'uploading',
			exist: false,
			rapid_upload: false,
		});
		for (const [index, info] of upload.part_info_list.entries()) {
			expect(info).toMatchObject({ part_number: index + 1, content_type: '' });
			const url = new URL(index === 1 ? info.internal_upload_url : info.upload_url);
			expect([...url.searchParams.keys()]).toEqual([
				'Expires',
				'OSSAccessKeyId',
				'Signature',
				'partNumber',
				'uploadId',
			]);
			const answer = await client.put({ ...info, upload_url: url.href }, parts[index]);
			expect(answer.status).toBe(200);
			expect(answer.headers.etag).toBe(`"${hex('md5', parts[index]).toUpperCase()}"`);
		}
		expect(service.uploads()).toMatchObject([{ parallel: false, parts: [{}, {}, {}] }]);
		const crc64 = await crc64Of(bytes);
		const done = await client.complete(upload, { crc64_hash: crc64 });
		expect(done.status).toBe(200);
		expect(done.text).toContain(`"crc64_hash":${crc64}`);
		expect(done.json).toMatchObject({
			name: 'fox 知识.bin',
			size: bytes.length,
			status: 'available',
			content_hash: hex('sha1', bytes).toUpperCase(),
			content_hash_name: 'sha1',
			file_extension: 'bin',
		});
		await expectStored(bytes);
		expect((await client.get(upload.file_id)).text).toBe(done.text);
	});

	it.each([0, 1, PART_BYTES, PART_BYTES + 1])('may be of %i bytes', async (size) => {
		const bytes = noise(size);
		expect((await client.upload(bytes)).status).toBe(200);
		await expectStored(bytes);
	});

	it('is of one part unless more are asked for', async () => {
		const upload = bodyOf(await client.create());
		expect(upload.part_info_list).toHaveLength(1);
		await client.put(upload.part_info_list[0], 'x');
		expect((await client.complete(upload)).status).toBe(200);
	});

	it('gets further addresses, and the same again', async () => {
		const bytes = noise(PART_BYTES + 5);
		const [first, second] = cut(bytes);
		const upload = await client.begin(1);
		await client.put(upload.part_info_list[0], first);
		const answer = await client.urls(upload, [{ part_number: 2 }]);
		expect(answer.json).toMatchObject({
			domain_id: SEED.domainId,
			drive_id: SEED.driveId,
			file_id: upload.file_id,
			upload_id: upload.upload_id,
			create_at: new Date(start).toISOString(),
			part_info_list: [{ part_number: 2, content_type: '' }],
		});
		expect((await client.urls(upload, [{ part_number: 2 }])).json).toEqual(answer.json);
		await client.put(bodyOf(answer).part_info_list[0], second);
		expect((await client.complete(upload)).status).toBe(200);
		await expectStored(bytes);
	});

	it('lists its parts page by page', async () => {
		const parts = cut(noise(3 * PART_BYTES));
		const upload = await client.begin(3);
		for (const [index, info] of upload.part_info_list.entries()) {
			await client.put(info, parts[index]);
		}
		const first = await client.list(upload, { limit: 2 });
		const etag = `"${hex('md5', parts[0]).toUpperCase()}"`;
		expect(first.json).toMatchObject({
			parallel_upload: false,
			next_part_number_marker: '2',
			uploaded_parts: [
				{ part_number: 1, part_size: PART_BYTES, etag, upload_url: '', content_type: '' },
				{ part_number: 2 },
			],
		});
		const rest = await client.list(upload, { part_number_marker: 2 });
		expect(rest.json).toMatchObject({
			next_part_number_marker: '',
			uploaded_parts: [{ part_number: 3 }],
		});
	});
});

describe('a parallel upload', () => {
	it.each(['sha1', 'sha256'] as const)('by %s takes its parts in any order', async (name) => {
		const bytes = noise(3 * PART_BYTES + 77);
		const parts = cut(bytes);
		const contexts = await contextsOf(parts, name);
		const asked = contexts.map((context) => ({ [`parallel_${name}_ctx`]: context }));
		const upload = await client.begin(asked, { parallel_upload: true, content_hash_name: name });
		expect(upload.part_info_list[1]).toMatchObject(asked[1]);
		const order = [2, 0, 3, 1];
		await Promise.all(
			order.map(async (index) => await client.put(upload.part_info_list[index], parts[index])),
		);
		await client.put(upload.part_info_list[2], parts[2]);
		expect((await client.list(upload)).json).toMatchObject({ parallel_upload: true });
		const done = await client.complete(upload);
		expect(done.json).toMatchObject({
			content_hash: hex(name, bytes).toUpperCase(),
			content_hash_name: name,
		});
		await expectStored(bytes);
	});

	it('can give the contexts as it goes', async () => {
		const bytes = noise(2 * PART_BYTES);
		const parts = cut(bytes);
		const contexts = await contextsOf(parts);
		const upload = await client.begin(1, { parallel_upload: true });
		const more = [{ part_number: 2, parallel_sha1_ctx: contexts[1] }];
		const answer = bodyOf(await client.urls(upload, more));
		await client.put(answer.part_info_list[0], parts[1]);
		await client.put(upload.part_info_list[0], parts[0]);
		expect((await client.complete(upload)).status).toBe(200);
		await expectStored(bytes);
	});
});

describe('a part with headers of its own', () => {
	it('takes exactly those', async () => {
		const md5 = createHash('md5').update('x').digest('base64');
		const part = { part_number: 1, content_type: 'text/plain', content_md5: md5 };
		const upload = await client.begin([part]);
		const [info] = upload.part_info_list;
		expect(info.content_type).toBe('text/plain');
		const headers = { 'content-type': 'text/plain', 'content-md5': md5 };
		expect((await client.put(info, 'x')).status).toBe(403);
		expect((await client.put(info, 'y', headers)).text).toContain('InvalidDigest');
		expect((await client.put(info, 'x', headers)).status).toBe(200);
	});
});

describe('what the official JS SDK 1.4.0 sends beside the documented fields', () => {
	it('is taken: notes on parts, an option of its own, and the etags', async () => {
		const note = { part_size: 1, from: 0, to: 1 };
		const upload = await client.begin([note], { donot_emit_error: true });
		const { headers } = await client.put(upload.part_info_list[0], 'x', { 'content-type': '' });
		const done = await client.complete(upload, {
			part_info_list: [{ part_number: 1, etag: headers.etag }],
			crc64_hash: await crc64Of(Buffer.from('x')),
			donot_emit_error: true,
		});
		expect(done.status).toBe(200);
	});
});

describe('a CRC in an answer', () => {
	it('can be had as a string', async () => {
		const other = await startLocalPds({ crc64As: 'string' });
		try {
			const { text } = await new PdsClient(other).upload(noise(10));
			expect(text).toContain(`"crc64_hash":"${await crc64Of(noise(10))}"`);
		} finally {
			await other.close();
		}
	});
});

describe('rapid upload', () => {
	const bytes = noise(5000);
	const size = bytes.length;
	const hash = { size, content_hash: hex('sha1', bytes).toUpperCase(), content_hash_name: 'sha1' };

	it('asks for the whole hash when the first 1,024 bytes are known', async () => {
		const pre = hex('sha1', bytes.subarray(0, 1024)).toUpperCase();
		expect((await client.create({ size, pre_hash: pre })).status).toBe(200);
		await client.upload(bytes);
		const matched = await client.create({ size, pre_hash: pre });
		expect([matched.status, bodyOf(matched).code]).toEqual([409, 'PreHashMatched']);
	});

	it('is done at once when the content is known', async () => {
		expect(bodyOf(await client.create({ name: 'b.bin', ...hash })).rapid_upload).toBe(false);
		await client.upload(bytes);
		const { rapid_upload, ...upload } = bodyOf(await client.create({ name: 'b.bin', ...hash }));
		expect([rapid_upload, upload.part_info_list]).toEqual([true, undefined]);
		expect(service.files().map((file) => [file.name, file.rapid, file.sha1])).toEqual([
			['a.bin', false, hex('sha1', bytes)],
			['b.bin', true, hex('sha1', bytes)],
		]);
		const again = await client.urls(upload as Body, [{ part_number: 1 }]);
		expect([again.status, bodyOf(again).code]).toEqual([409, 'AlreadyExist.File']);
	});
});

describe('a name that is taken', () => {
	const old = noise(10);
	beforeEach(async () => void (await client.upload(old, { name: 'a.tar.gz' })));

	it.each([
		['ignore', 'a.tar.gz'],
		['auto_rename', 'a.tar_20261101_123045.gz'],
	])('is met by %s', async (mode, name) => {
		const answer = await client.create({ name: 'a.tar.gz', check_name_mode: mode });
		expect(bodyOf(answer)).toMatchObject({ file_name: name, exist: false });
	});

	it('is refused by telling the file that has it, which can then be overwritten', async () => {
		const [{ fileId }] = service.files();
		const named = { name: 'a.tar.gz', check_name_mode: 'refuse' };
		const refused = bodyOf(await client.create(named));
		expect(refused).toMatchObject({ exist: true, file_id: fileId, file_name: 'a.tar.gz' });
		expect([refused.upload_id, refused.part_info_list]).toEqual([undefined, undefined]);
		const bytes = noise(99, 'new');
		expect((await client.upload(bytes, { ...named, file_id: fileId })).status).toBe(200);
		expect(service.files()).toMatchObject([{ fileId, revision: 2 }]);
		await expectStored(bytes);
	});

	it('is free in another folder', async () => {
		const folder = bodyOf(await client.create({ name: 'f', type: 'folder' }));
		const parent = { parent_file_id: folder.file_id };
		const answer = await client.create({ name: 'a.tar.gz', check_name_mode: 'refuse', ...parent });
		expect(bodyOf(answer).exist).toBe(false);
	});
});
