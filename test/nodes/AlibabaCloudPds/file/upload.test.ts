import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/pds';
import { HEADERS_OF_EACH } from '../../support/wire';
import { bytes, MIB, sha1, uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();

describe('Upload File', () => {
	it('creates the file, sends its parts and completes it, in this order', async () => {
		const { status, json } = await rig.upload('内容');
		expect(status).toBe('success');
		expect(rig.callNames()).toEqual(['createFile', 'partPut', 'completeFile']);
		expect(rig.service.files()).toMatchObject([
			{ name: 'data.txt', size: 6, sha1: sha1('内容'), parentFileId: 'root' },
		]);
		const [file] = rig.service.files();
		expect(json).toMatchObject([
			{
				file_id: file.fileId,
				name: 'data.txt',
				size: 6,
				status: 'available',
				crc64_hash: file.crc64,
				upload: { how: 'sent', bytes: 6, partSize: 8 * MIB, parallel: false, sourceField: 'data' },
			},
		]);
	});

	it('says in the first request what the documentation asks for', async () => {
		await rig.upload('four', { contentType: 'text/markdown', fileName: 'a b.md' });
		expect(rig.bodies('createFile')).toEqual([
			{
				drive_id: SEED.driveId,
				parent_file_id: 'root',
				name: 'a b.md',
				type: 'file',
				size: 4,
				content_type: 'text/markdown',
				part_info_list: [{ part_number: 1 }],
			},
		]);
		const [{ fileId }] = rig.service.files();
		expect(rig.bodies('completeFile')).toEqual([
			{ drive_id: SEED.driveId, file_id: fileId, upload_id: expect.any(String) as string },
		]);
	});

	it('sends parts with an empty content type and no header more', async () => {
		await rig.upload('four');
		const [{ headers }] = rig.service.callsOf('partPut');
		expect(headers).toMatchObject({ 'content-type': '', 'content-length': '4' });
		expect(Object.keys(headers).sort()).toEqual([...HEADERS_OF_EACH, 'content-type'].sort());
	});

	it('uploads a file without a byte', async () => {
		const { status, json } = await rig.upload(Buffer.alloc(0));
		expect(status).toBe('success');
		expect(rig.partsPut()).toEqual([1]);
		expect(json).toMatchObject([{ size: 0, upload: { bytes: 0 } }]);
	});

	it('uploads a large file in parts, one after the other with one connection', async () => {
		const content = bytes(3.5 * MIB);
		const { json, status } = await rig.upload(content, { partSize: 1, maxConcurrency: 1 });
		expect(status).toBe('success');
		expect(rig.partsPut()).toEqual([1, 2, 3, 4]);
		expect(rig.service.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
		expect(json).toMatchObject([{ upload: { parallel: false, partSize: MIB } }]);
		expect(rig.service.connections('oss').open).toBe(1);
	});

	it('uploads several parts at a time, each with the state of the hash before it', async () => {
		const content = bytes(5 * MIB + 17);
		const { json, status } = await rig.upload(content, { partSize: 1 });
		expect(status).toBe('success');
		expect(rig.partsPut().sort()).toEqual([1, 2, 3, 4, 5, 6]);
		expect(rig.service.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
		expect(json).toMatchObject([{ upload: { parallel: true } }]);
		expect(rig.bodies('createFile')).toMatchObject([
			{
				parallel_upload: true,
				part_info_list: [{ part_number: 1, parallel_sha1_ctx: { h: [], part_offset: 0 } }],
			},
		]);
		const asked = rig.bodies('getUploadUrl').flatMap(({ part_info_list: list }) => list);
		expect(asked).toHaveLength(5);
		expect(asked).toContainEqual({
			part_number: 3,
			parallel_sha1_ctx: { h: expect.any(Array) as number[], part_offset: 2 * MIB },
		});
	});

	it('asks for addresses in windows, not for all at once', async () => {
		const content = bytes(4.5 * MIB);
		await rig.upload(content, { partSize: 0.1, maxConcurrency: 1 });
		expect(rig.bodies('createFile')[0].part_info_list).toHaveLength(20);
		const windows = rig
			.bodies('getUploadUrl')
			.map(({ part_info_list: list }) =>
				(list as Array<{ part_number: number }>).map(({ part_number }) => part_number),
			);
		expect(windows.map((list) => [list[0], list.at(-1)])).toEqual([
			[21, 40],
			[41, 45],
		]);
		expect(rig.service.files()).toMatchObject([{ sha1: sha1(content) }]);
	});

	it('gives one item per file, in order and paired, with no more parts at a time than allowed', async () => {
		const input = [
			await rig.item({ a: bytes(2 * MIB, 1), b: 'two' }),
			await rig.item({ a: bytes(MIB, 3) }),
		];
		const parameters = uploadOf({ partSize: 0.5, maxConcurrency: 2 }, { inputDataFieldName: '*' });
		const run = await rig.run(parameters, { input });
		expect(run.json.map(({ name, upload }) => [name, (upload as { bytes: number }).bytes])).toEqual(
			[
				['a.txt', 2 * MIB],
				['b.txt', 3],
				['a.txt', MIB],
			],
		);
		expect(run.items('PDS').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
		expect(rig.service.connections('oss').opened).toBeLessThanOrEqual(2);
	});
});

describe('a file of the same name', () => {
	async function twice(checkNameMode: string) {
		const first = await rig.upload('old', { checkNameMode });
		const second = await rig.upload('newer', { checkNameMode });
		const files = rig.service.files().map(({ name, size, revision }) => [name, size, revision]);
		return { first: first.json[0], second: second.json[0], files };
	}

	it('is let be with ignore', async () => {
		const { files } = await twice('ignore');
		expect(files).toEqual([
			['data.txt', 3, 1],
			['data.txt', 5, 1],
		]);
	});

	it('leads to another name with auto_rename', async () => {
		const { second, files } = await twice('auto_rename');
		expect(second.name).toMatch(/^data.+\.txt$/);
		expect(files).toHaveLength(2);
	});

	it('is given, and nothing sent, with refuse', async () => {
		const { first, second, files } = await twice('refuse');
		expect(second).toMatchObject({ file_id: first.file_id, size: 3, exist: true });
		expect(second.upload).toMatchObject({ how: 'exist' });
		expect(files).toEqual([['data.txt', 3, 1]]);
		expect(rig.partsPut()).toEqual([1]);
	});

	it('gets a new version with overwrite', async () => {
		const { first, second, files } = await twice('overwrite');
		expect(second).toMatchObject({ file_id: first.file_id, size: 5 });
		expect(files).toEqual([['data.txt', 5, 2]]);
		expect(rig.bodies('createFile').map(({ check_name_mode: mode }) => mode)).toEqual([
			'refuse',
			'refuse',
			'refuse',
		]);
		expect(rig.bodies('createFile')[2]).toMatchObject({ file_id: first.file_id });
	});
});

describe('rapid upload', () => {
	const content = bytes(MIB + 5);

	it('sends nothing when the bytes are stored already', async () => {
		await rig.upload(content);
		const { json, status } = await rig.upload(content, { rapidUpload: true, fileName: 'copy' });
		expect(status).toBe('success');
		expect(json).toMatchObject([
			{ name: 'copy', size: content.length, upload: { how: 'rapidUpload' } },
		]);
		expect(rig.partsPut()).toEqual([1]);
		const [, guess, sure] = rig.bodies('createFile');
		expect(guess.pre_hash).toBe(sha1(content.subarray(0, 1024)).toUpperCase());
		expect(sure).toMatchObject({
			content_hash: sha1(content).toUpperCase(),
			content_hash_name: 'sha1',
		});
		expect(sure).not.toHaveProperty('pre_hash');
	});

	it('sends the bytes when no file begins alike', async () => {
		await rig.upload(content, { rapidUpload: true });
		expect(rig.callNames()).toEqual(['createFile', 'partPut', 'completeFile']);
	});

	it('sends the bytes when only the beginning is alike', async () => {
		await rig.upload(content);
		const other = Buffer.concat([content, Buffer.from('!')]);
		const { json } = await rig.upload(other, { rapidUpload: true });
		expect(json).toMatchObject([{ size: other.length, upload: { how: 'sent' } }]);
		expect(rig.service.files()).toHaveLength(2);
	});
});
