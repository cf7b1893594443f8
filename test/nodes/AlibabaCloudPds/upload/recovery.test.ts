import { describe, expect, it } from 'vitest';

import type { PdsCall, PdsFault, PdsFaultRule } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { bytes, PART, partSize, sha1, usePdsRig } from '../support/rig';

const rig = usePdsRig();
const content = bytes(3.5 * PART);

const inOrder = { partSize, maxConcurrency: 1 };
const anyOrder = { partSize, maxConcurrency: 3 };

const isPart = (number: number) => (call: PdsCall) => call.query.partNumber === String(number);

/** Uploads the file while a request fails. */
async function uploadWith(rule: PdsFaultRule | PdsFaultRule[], options = inOrder) {
	for (const each of [rule].flat()) rig.service.fail(each);
	return await withoutWaits(async () => await rig.upload(content, options));
}

function onPart(number: number, fault: PdsFault, more: Partial<PdsFaultRule> = {}): PdsFaultRule {
	return { call: 'partPut', when: isPart(number), fault, ...more };
}

function expectUploaded(run: { status: string; error?: Error }) {
	expect(run.error).toBeUndefined();
	expect(rig.service.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
}

describe('parts in order', () => {
	it('are sent again when the connection breaks in the middle of one', async () => {
		expectUploaded(await uploadWith(onPart(2, { kind: 'reset', when: 'duringBody' })));
		expect(rig.partsPut()).toEqual([1, 2, 2, 3, 4]);
		expect(rig.callNames()).not.toContain('listUploadedParts');
	});

	it('are not sent again when they are stored and only the answer is lost', async () => {
		expectUploaded(await uploadWith(onPart(2, { kind: 'reset', when: 'afterWork' })));
		expect(rig.partsPut()).toEqual([1, 2, 2, 3, 4]);
		expect(rig.bodies('listUploadedParts')).toMatchObject([{ part_number_marker: 1, limit: 1 }]);
	});

	it('may be stored in half: the rest goes with the next (PartAlreadyExist)', async () => {
		const afterBytes = 200_000;
		expectUploaded(await uploadWith(onPart(2, { kind: 'shortPart', afterBytes })));
		const lengths = rig.service.callsOf('partPut').map(({ headers }) => headers['content-length']);
		expect(rig.partsPut()).toEqual([1, 2, 2, 3, 4, 5]);
		expect(lengths.slice(3).map(Number)).toEqual([PART, PART, PART / 2 - afterBytes]);
	});

	it('may be one more than planned, when the last is stored in half', async () => {
		expectUploaded(await uploadWith(onPart(4, { kind: 'shortPart', afterBytes: 150_000 })));
		expect(rig.partsPut()).toEqual([1, 2, 3, 4, 4, 5]);
	});

	it('begin again when one was cut so early that it is too small for the storage', async () => {
		expectUploaded(await uploadWith(onPart(2, { kind: 'shortPart', afterBytes: 1000 })));
		expect(rig.partsPut()).toEqual([1, 2, 2, 1, 2, 3, 4]);
	});

	it('are sent to a new address when the storage calls the old one expired', async () => {
		expectUploaded(
			await uploadWith(onPart(3, { kind: 'ossError', status: 403, code: 'AccessDenied' })),
		);
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 4]);
		expect(rig.bodies('getUploadUrl')).toMatchObject([
			{ part_info_list: [{ part_number: 3 }, { part_number: 4 }] },
		]);
	});

	it('are given up when the new address is refused as well', async () => {
		const { shown } = await uploadWith(
			onPart(3, { kind: 'ossError', status: 403, code: 'AccessDenied' }, { times: 2 }),
		);
		expect(shown).toMatchObject({
			message: 'The storage refused access to the address of a part',
			data: { code: 'AccessDenied', httpStatus: 403, step: 'putPart', partNumber: 3 },
		});
		expect(rig.partsPut()).toEqual([1, 2, 3, 3]);
	});

	it('go on where the storage is, when it wants another part (PartNotSequential)', async () => {
		const fault = { kind: 'ossError', status: 400, code: 'PartNotSequential' } as const;
		expectUploaded(await uploadWith(onPart(3, fault)));
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 4]);
		expect(rig.callNames()).toContain('listUploadedParts');
	});

	it('go back to a part that the storage said to have, but has not', async () => {
		expectUploaded(await uploadWith(onPart(2, { kind: 'lostPart' })));
		expect(rig.partsPut()).toEqual([1, 2, 3, 2, 3, 4]);
	});

	it('are given up when the storage wants another part again and again', async () => {
		const fault = { kind: 'ossError', status: 400, code: 'PartNotSequential' } as const;
		const { shown } = await uploadWith(onPart(3, fault, { times: 9 }));
		expect(shown).toMatchObject({
			message: 'The storage expects a different part',
			data: { code: 'PartNotSequential', partNumber: 3 },
		});
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 3, 3]);
	});

	it('begin again, once, when the storage does not know the upload (NoSuchUpload)', async () => {
		const fault = { kind: 'ossError', status: 404, code: 'NoSuchUpload' } as const;
		expectUploaded(await uploadWith(onPart(3, fault)));
		expect(rig.partsPut()).toEqual([1, 2, 3, 1, 2, 3, 4]);
		expect(rig.service.callsOf('createFile')).toHaveLength(2);
		rig.service.reset();
		const { shown } = await uploadWith(onPart(3, fault, { times: 2 }));
		expect(shown.message).toBe('The upload is no longer known to the storage');
		expect(shown.description).not.toContain('Resume');
	});

	it('begin again, once, when a part is spoilt on its way', async () => {
		expectUploaded(await uploadWith(onPart(2, { kind: 'corrupt' })));
		expect(rig.partsPut()).toEqual([1, 2, 2, 1, 2, 3, 4]);
	});
});

describe('parts in any order', () => {
	it.each<[string, PdsFault]>([
		['the connection breaks', { kind: 'reset', when: 'duringBody' }],
		['the answer is lost', { kind: 'reset', when: 'afterWork' }],
		['the storage is busy', { kind: 'ossError', status: 503, code: 'ServiceUnavailable' }],
		['the address has expired', { kind: 'ossError', status: 403, code: 'AccessDenied' }],
		['half of it is stored', { kind: 'shortPart' }],
		['a byte is changed', { kind: 'corrupt' }],
	])('are sent again when %s', async (_, fault) => {
		expectUploaded(await uploadWith(onPart(2, fault), anyOrder));
		expect(rig.partsPut().sort()).toEqual([1, 2, 2, 3, 4]);
	});

	it('count as sent when the storage has them already', async () => {
		const stored = { kind: 'ossError', status: 409, code: 'PartAlreadyExist' } as const;
		const rules = [onPart(2, { kind: 'reset', when: 'afterWork' }), onPart(2, stored)];
		expectUploaded(await uploadWith(rules, anyOrder));
		expect(rig.partsPut().sort()).toEqual([1, 2, 2, 3, 4]);
	});

	it('begin again when the storage does not know the upload', async () => {
		const fault = { kind: 'ossError', status: 404, code: 'NoSuchUpload' } as const;
		expectUploaded(await uploadWith(onPart(3, fault), anyOrder));
		expect(rig.service.callsOf('createFile')).toHaveLength(2);
	});
});

/** The answer to a completion, with nothing but these fields of the file. */
function withFields(fields: object): PdsFault {
	return { kind: 'changedAnswer', change: ({ file_id }) => ({ file_id, ...fields }) };
}

describe('the completion', () => {
	it.each<[string, PdsFault]>([
		['lost', { kind: 'reset', when: 'afterWork' }],
		['cut', { kind: 'truncatedAnswer' }],
		['replaced by a gateway error', { kind: 'answerAfter', status: 504 }],
	])('is found to have worked when its answer is %s (NotFound.UploadId)', async (_, fault) => {
		const run = await uploadWith({ call: 'completeFile', fault });
		expectUploaded(run);
		expect(run.json).toMatchObject([{ name: 'data.txt', size: content.length }]);
		expect(rig.callNames().slice(-3)).toEqual(['completeFile', 'completeFile', 'getFile']);
	});

	it('is not taken for done when the upload is gone', async () => {
		const fault = { kind: 'apiError', status: 404, code: 'NotFound.UploadId' } as const;
		const { shown } = await uploadWith({ call: 'completeFile', fault });
		expect(shown).toMatchObject({
			message: 'The upload is no longer known to Alibaba Cloud PDS',
			data: { code: 'NotFound.UploadId', step: 'complete' },
		});
	});

	it('is not taken for done when an older version of the file is there', async () => {
		await rig.upload('old', { checkNameMode: 'overwrite' });
		const fault = { kind: 'apiError', status: 404, code: 'NotFound.UploadId' } as const;
		rig.service.fail({ call: 'completeFile', fault });
		const { shown } = await rig.upload('new', { checkNameMode: 'overwrite' });
		expect(shown.data.code).toBe('NotFound.UploadId');
		expect(rig.service.files()).toMatchObject([{ sha1: sha1('old') }]);
	});

	it.each([
		['size', { size: 1 }],
		['hash', { size: content.length, content_hash: 'AB', content_hash_name: 'sha1' }],
		['CRC-64', { size: content.length, crc64_hash: '12' }],
	])('is an error when the stored file has another %s', async (_, fields) => {
		const { shown } = await uploadWith({ call: 'completeFile', fault: withFields(fields) });
		expect(shown).toMatchObject({
			message: 'The stored file holds different bytes than were read',
			data: { code: 'CHECKSUM_MISMATCH', step: 'complete' },
		});
	});

	it.each([
		['another file', { file_id: 'other' }],
		['a folder', { type: 'folder' }],
		['a file that is being uploaded', { status: 'uploading' }],
		['nothing but the id', { size: undefined, content_hash: undefined }],
	])('looks the file up when the answer is about %s', async (_, fields) => {
		const fault: PdsFault = { kind: 'changedAnswer', change: (body) => ({ ...body, ...fields }) };
		const run = await uploadWith({ call: 'completeFile', fault });
		expectUploaded(run);
		const [{ fileId }] = rig.service.files();
		expect(run.json).toMatchObject([{ file_id: fileId, size: content.length, type: 'file' }]);
	});

	it('is unknown when the answer is about another file and the own one is not found', async () => {
		const change = (body: object) => ({ ...body, file_id: 'other' });
		rig.service.fail({ call: 'completeFile', fault: { kind: 'changedAnswer', change } });
		const gone: PdsFault = { kind: 'apiError', status: 404, code: 'NotFound.File' };
		const { shown } = await uploadWith({ call: 'getFile', fault: gone });
		expect(shown.data).toMatchObject({ outcome: 'unknown', step: 'complete' });
	});

	it('compares the CRC-64 where the service tells no hash', async () => {
		const run = await rig.upload(content, inOrder);
		expectUploaded(run);
		const { crc64_hash } = run.json[0];
		rig.service.reset();
		const fault = withFields({ size: content.length, crc64_hash });
		expectUploaded(await uploadWith({ call: 'completeFile', fault }));
	});
});

describe('calls', () => {
	it.each<[string, PdsFault]>([
		['the rate', { kind: 'apiError', status: 429, code: 'Throttling.User' }],
		['an internal error', { kind: 'apiError', status: 500, code: 'InternalError' }],
		['a gateway error', { kind: 'answer', status: 504, headers: { 'x-ca-error-code': 'D504TO' } }],
		['a broken connection', { kind: 'reset', when: 'afterBody' }],
	])('are made again after %s', async (_, fault) => {
		const calls = ['createFile', 'completeFile'] as const;
		expectUploaded(await uploadWith(calls.map((call) => ({ call, fault }))));
		expect(rig.service.callsOf('createFile')).toHaveLength(2);
		expect(rig.service.callsOf('completeFile')).toHaveLength(2);
	});

	it('are named with code and request id when they fail', async () => {
		const fault = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission.File' } as const;
		const { shown } = await uploadWith({ call: 'createFile', fault });
		expect(shown).toMatchObject({
			message: 'The account is not allowed to do this',
			description: expect.stringMatching(
				/code ForbiddenNoPermission\.File, request id \w/,
			) as string,
			data: { httpStatus: 403, step: 'create', fileName: 'data.txt', sourceField: 'data' },
		});
	});
});

describe('a drive that takes parts in order only', () => {
	it('gets them in order, and is asked once per execution', async () => {
		const fault = {
			kind: 'apiError',
			status: 400,
			code: 'InvalidParameterNotSupported.ParallelUpload',
		} as const;
		const isParallel = ({ body }: PdsCall) => JSON.stringify(body).includes('parallel_upload');
		rig.service.fail({ call: 'createFile', when: isParallel, times: 99, fault });
		await rig.upload(content, { partSize });
		expect(rig.partsPut()).toEqual([1, 2, 3, 4]);
		expect(rig.service.callsOf('createFile')).toHaveLength(2);
		const [{ parallel_upload: first }, { parallel_upload: second }] = rig.bodies('createFile');
		expect([first, second]).toEqual([true, undefined]);
		expect(rig.service.files()).toMatchObject([{ sha1: sha1(content) }]);
	});
});
