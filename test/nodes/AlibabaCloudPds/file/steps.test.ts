import type { IDataObject, INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { refusalWithout } from '../../../engine/features';
import { SEED } from '../../../services/pds';
import { bytes, MIB, sha1, usePdsRig } from '../support/rig';

const rig = usePdsRig();

/** Begins an upload as a program of one's own would. */
async function create(size: number, more: IDataObject = {}): Promise<Record<string, string>> {
	const body = {
		drive_id: SEED.driveId,
		parent_file_id: 'root',
		name: 'a.bin',
		type: 'file',
		size,
	};
	const response = await fetch(`${rig.service.apiUrl}/v2/file/create`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			Authorization: `Bearer ${SEED.accessToken}`,
		},
		body: JSON.stringify({ ...body, ...more }),
	});
	return (await response.json()) as Record<string, string>;
}

async function put(url: unknown, body: Buffer) {
	const headers = { 'Content-Type': '' };
	return (await fetch(String(url), { method: 'PUT', headers, body: new Uint8Array(body) })).status;
}

const step = (operation: string, more: INode['parameters'] = {}) =>
	({ resource: 'file', operation, ...more }) as INode['parameters'];

const partsOf = (json: IDataObject) => json.part_info_list as IDataObject[];

describe('the three steps as dropped on the canvas', () => {
	it('upload a file', async () => {
		const content = bytes(1.5 * MIB);
		const input = [{ json: await create(content.length) }];
		const parts = { part: [{ partNumber: 1 }, { partNumber: 2 }] };
		const urls = await rig.run(step('getUploadUrl', { parts }), { input });
		const [first, second] = partsOf(urls.json[0]);
		expect(await put(first.upload_url, content.subarray(0, MIB))).toBe(200);
		expect(await put(second.upload_url, content.subarray(MIB))).toBe(200);
		const listed = await rig.run(step('listUploadedParts'), { input: urls.items('PDS') });
		expect(listed.json[0].uploaded_parts).toMatchObject([
			{ part_number: 1, part_size: MIB },
			{ part_number: 2, part_size: MIB / 2 },
		]);
		const done = await rig.run(step('completeUpload'), { input: listed.items('PDS') });
		expect(done.json).toMatchObject([{ name: 'a.bin', size: content.length, status: 'available' }]);
		expect(rig.service.files()).toMatchObject([{ sha1: sha1(content) }]);
	});
});

describe('Get Upload URL', () => {
	it('sends every field of the official page and gives the answer as it is', async () => {
		const { drive_id, file_id, upload_id } = await create(10, { parallel_upload: true });
		const contentMd5 = 'XrY7u+Ae7tCTyyK7j1rNww==';
		const h = [2781477636, 2167910136, 4107292220, 1153442652, 2872263382];
		const state = { h, part_offset: 768 };
		const part = {
			partNumber: 2,
			contentMd5,
			contentType: 'text/plain',
			parallelSha1Ctx: JSON.stringify(state),
		};
		const ids = { driveId: drive_id, fileId: file_id, uploadId: upload_id };
		const options = { shareId: SEED.shareId };
		const parameters = step('getUploadUrl', { ...ids, parts: { part: [part] }, options });
		const { json, error } = await rig.run(parameters);
		expect(error).toBeUndefined();
		expect(rig.bodies('getUploadUrl')).toEqual([
			{
				drive_id,
				share_id: SEED.shareId,
				file_id,
				upload_id,
				part_info_list: [
					{
						part_number: 2,
						content_md5: contentMd5,
						content_type: 'text/plain',
						parallel_sha1_ctx: state,
					},
				],
			},
		]);
		expect(json).toMatchObject([
			{
				domain_id: SEED.domainId,
				drive_id,
				file_id,
				upload_id,
				create_at: expect.any(String) as string,
				part_info_list: [{ part_number: 2, upload_url: expect.stringMatching(/^http/) as string }],
			},
		]);
	});

	it('takes the array of the official page by expression', async () => {
		const list = [{ part_number: 1 }, { part_number: 2 }, { part_number: 3 }];
		const input = [{ json: { ...(await create(10)), list } }];
		const options = { partInfoList: '={{ $json.list }}' };
		const { json } = await rig.run(step('getUploadUrl', { options }), { input });
		expect(rig.bodies('getUploadUrl')[0].part_info_list).toEqual(list);
		expect(partsOf(json[0])).toHaveLength(3);
	});

	it('does not ask for the parts of the fields where that expression gives nothing', async () => {
		const input = [{ json: await create(10) }];
		const options = { partInfoList: '={{ $json.list }}' };
		const { shown } = await rig.run(step('getUploadUrl', { options }), { input });
		expect(shown.message).toBe('No part is given');
		expect(rig.service.callsOf('getUploadUrl')).toEqual([]);
	});

	it.each([
		['a negative word', { h: [-1, 2, 3, 4, 5], part_offset: 64 }, /-1 in "h" is not an unsigned/],
		['a word of 33 bits', { h: [2 ** 32, 2, 3, 4, 5], part_offset: 64 }, /4294967296 in "h"/],
		['half a block', { h: [1, 2, 3, 4, 5], part_offset: 100 }, /not a multiple of 64/],
		['four words', { h: [1, 2, 3, 4], part_offset: 64 }, /"h" has 4 numbers/],
	])('refuses a hash state with %s before anything is sent', async (_, state, message) => {
		const ids = { driveId: '1', fileId: 'f', uploadId: 'u' };
		const parts = { part: [{ partNumber: 2, parallelSha1Ctx: JSON.stringify(state) }] };
		const { shown } = await rig.run(step('getUploadUrl', { ...ids, parts }));
		expect(shown.message).toMatch(message);
		expect(rig.service.calls).toEqual([]);
	});

	it('says that an upload is unknown, with the ids', async () => {
		const ids = { driveId: '1', fileId: 'f', uploadId: 'u' };
		const { shown } = await rig.run(step('getUploadUrl', ids));
		expect(shown).toMatchObject({
			message: 'The upload is no longer known to Alibaba Cloud PDS',
			data: { code: 'NotFound.UploadId', fileId: 'f', uploadId: 'u', step: 'getUploadUrl' },
		});
	});

	it.each([
		['driveId', 'Drive'],
		['fileId', 'File ID'],
		['uploadId', 'Upload ID'],
	])('names an empty %s by its label', async (name, label) => {
		const ids = { driveId: '1', fileId: 'f', uploadId: 'u' };
		const missing = step('getUploadUrl', { ...ids, [name]: '={{ $json.nothing }}' });
		const { shown } = await rig.run(missing);
		expect(shown.message).toBe(`The expression in "${label}" is empty for this item`);
		const cleared = await rig.run(step('getUploadUrl', { ...ids, [name]: '' }));
		expect(cleared.shown.message || cleared.error?.message).toContain(refusalWithout(label));
	});
});

describe('List Uploaded Parts', () => {
	async function upload(count: number) {
		const size = 100 * 1024;
		const created = await create(count * size);
		const part_info_list = Array.from({ length: count }, (_, index) => ({
			part_number: index + 1,
		}));
		const input = [{ json: { ...created, part_info_list } }];
		const options = { partInfoList: '={{ $json.part_info_list }}' };
		const { json } = await rig.run(step('getUploadUrl', { options }), { input });
		for (const { upload_url: url } of partsOf(json[0])) await put(url, Buffer.alloc(size));
		return input;
	}
	const numbers = (json: IDataObject) =>
		(json.uploaded_parts as Array<{ part_number: number }>).map((part) => part.part_number);

	it('gives all pages in one list', async () => {
		const input = await upload(103);
		const { json } = await rig.run(step('listUploadedParts'), { input });
		expect(numbers(json[0])).toEqual(Array.from({ length: 103 }, (_, index) => index + 1));
		expect(json[0]).toMatchObject({ parallel_upload: false, next_part_number_marker: '' });
		expect(rig.bodies('listUploadedParts')).toMatchObject([
			{ limit: 100 },
			{ limit: 100, part_number_marker: 100 },
		]);
	});

	it('gives as many as wanted, after the one that is named', async () => {
		const input = await upload(5);
		const options = { partNumberMarker: 2 };
		const parameters = step('listUploadedParts', { returnAll: false, limit: 2, options });
		const { json } = await rig.run(parameters, { input });
		expect(numbers(json[0])).toEqual([3, 4]);
		expect(json[0].next_part_number_marker).toBe('4');
	});

	it('gives an empty list for an upload without parts', async () => {
		const { json } = await rig.run(step('listUploadedParts'), {
			input: [{ json: await create(1) }],
		});
		expect(json[0].uploaded_parts).toEqual([]);
	});
});

describe('Complete Upload', () => {
	async function uploaded() {
		const input = [{ json: await create(4) }];
		const { json } = await rig.run(step('getUploadUrl'), { input });
		await put(partsOf(json[0])[0].upload_url, Buffer.from('four'));
		return input;
	}

	it('has the service compare the CRC-64', async () => {
		const input = await uploaded();
		const wrong = step('completeUpload', { options: { crc64Hash: '18446744073709551615' } });
		const { shown } = await rig.run(wrong, { input });
		expect(shown.data).toMatchObject({ httpStatus: 400, step: 'complete' });
		expect(rig.bodies('completeFile')[0].crc64_hash).toBe('18446744073709551615');
	});

	it.each(['abc', '18446744073709551616', '-1', '1.5'])('refuses %s as one', async (crc64Hash) => {
		const ids = { driveId: '1', fileId: 'f', uploadId: 'u' };
		const { shown } = await rig.run(step('completeUpload', { ...ids, options: { crc64Hash } }));
		expect(shown.message).toBe(`"${crc64Hash}" is not a CRC-64`);
		expect(rig.service.calls).toEqual([]);
	});

	it('gives the file when the answer is lost and the checksum proves that it is this one', async () => {
		const [first] = (await rig.run(step('completeUpload'), { input: await uploaded() })).json;
		const input = await uploaded();
		rig.service.fail({ call: 'completeFile', fault: { kind: 'reset', when: 'afterWork' } });
		const options = { crc64Hash: String(first.crc64_hash) };
		const { json } = await rig.run(step('completeUpload', { options }), { input });
		expect(json).toMatchObject([{ name: 'a.bin', size: 4 }]);
	});

	it('that lost its answer is unknown without a checksum, and with another one', async () => {
		for (const options of [{}, { crc64Hash: '1' }]) {
			const input = await uploaded();
			rig.service.fail({ call: 'completeFile', fault: { kind: 'reset', when: 'afterWork' } });
			const { shown } = await rig.run(step('completeUpload', { options }), { input });
			expect(shown.data).toMatchObject({ outcome: 'unknown', step: 'complete' });
			expect(shown.message).toBe('It is unknown whether the upload was completed');
		}
	});

	it('of an upload that nobody knows is no success, though a file has that id', async () => {
		const [{ json }] = await uploaded();
		await rig.run(step('completeUpload'), { input: [{ json }] });
		const { shown } = await rig.run(step('completeUpload'), { input: [{ json }] });
		expect(shown.data).toMatchObject({ code: 'NotFound.UploadId', outcome: 'refused' });
	});
});
