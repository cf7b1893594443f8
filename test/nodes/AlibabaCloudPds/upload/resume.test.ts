import { describe, expect, it } from 'vitest';

import { resumeOption } from '../../../../nodes/AlibabaCloudPds/inputs/upload-options';
import { gathered } from '../../../services/dingtalk/gather';
import type { PdsCall } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { factsOf } from '../../support/thrown';
import { bytes, MIB, sha1, uploadOf, usePds } from '../support/bench';

const bench = usePds();
const content = bytes(4.5 * MIB);

const inOrder = { partSize: 1, maxConcurrency: 1 };
const anyOrder = { partSize: 1, maxConcurrency: 4 };

/** Begins an upload that fails at a part. @returns the ids of its error */
async function unfinished(options: object, part = 3) {
	const isPart = ({ query }: PdsCall) => query.partNumber === String(part);
	const fault = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
	bench.local.fail({ call: 'partPut', when: isPart, fault });
	const { shown } = await bench.upload(content, { ...options });
	const { fileId, uploadId } = shown.data;
	return { shown, resume: { upload: { fileId, uploadId } } as { upload: Record<string, string> } };
}

function expectUploaded(run: { error?: Error }) {
	expect(run.error).toBeUndefined();
	expect(bench.local.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
}

describe('an upload that was not finished', () => {
	it('is named in the error, with how to go on', async () => {
		const { shown } = await unfinished(inOrder);
		const [upload] = bench.local.uploads();
		expect(shown.data).toMatchObject({
			driveId: '1',
			fileId: upload.fileId,
			uploadId: upload.uploadId,
			partNumber: 3,
			fileName: 'data.txt',
		});
		expect(shown.description).toMatch(/run again with the option "Resume"/);
	});

	it('is resumed with what is missing, part after part', async () => {
		const { resume } = await unfinished(inOrder);
		const run = await bench.upload(content, { ...inOrder, resume });
		expectUploaded(run);
		expect(bench.partsPut()).toEqual([1, 2, 3, 3, 4, 5]);
		expect(run.json).toMatchObject([{ upload: { how: 'resumed' } }]);
		expect(bench.local.callsOf('createFile')).toHaveLength(1);
	});

	it('is resumed with other part sizes where parts come in order', async () => {
		const { resume } = await unfinished(inOrder);
		expectUploaded(await bench.upload(content, { maxConcurrency: 1, partSize: 2, resume }));
		expect(bench.partsPut()).toEqual([1, 2, 3, 3, 4]);
	});

	it('is resumed around the parts that are there, several at a time', async () => {
		const { resume } = await unfinished(anyOrder, 2);
		const there = bench.local.uploads()[0].parts.map(({ partNumber }) => partNumber);
		const before = bench.partsPut().length;
		const run = await bench.upload(content, { maxConcurrency: 2, resume });
		expectUploaded(run);
		const missing = [1, 2, 3, 4, 5].filter((number) => !there.includes(number));
		expect(missing).toContain(2);
		expect(bench.partsPut().slice(before).sort()).toEqual(missing);
		expect(run.json).toMatchObject([{ upload: { parallel: true } }]);
	});

	it('takes the ids from the details of the error, by expression', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await bench.item({ data: content }, { error: resume.upload })];
		const upload = {
			fileId: '={{ $json.error.fileId }}',
			uploadId: '={{ $json.error.uploadId }}',
		};
		const options = { ...inOrder, resume: { upload } };
		expectUploaded(await bench.run(uploadOf(options), { input }));
		expect(bench.partsPut()).toEqual([1, 2, 3, 3, 4, 5]);
	});

	it('is completed by one of two runs that resume it at once, and the file is not doubled', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await bench.item({ data: content })];
		const slow = { kind: 'slow', bytesPerSecond: MIB } as const;
		bench.local.fail({ call: 'partPut', times: 3, fault: slow });
		const again = async () => await bench.run(uploadOf({ ...inOrder, resume }), { input });
		const runs = await Promise.all([again(), again()]);
		runs.forEach(expectUploaded);
		expect(bench.local.callsOf('createFile')).toHaveLength(1);
	});

	it('is stored for two runs that complete it at one moment', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await bench.item({ data: content })];
		bench.local.fail(gathered('completeFile', 2));
		const again = async () => await bench.run(uploadOf({ ...inOrder, resume }), { input });
		const runs = await Promise.all([again(), again()]);
		runs.forEach(expectUploaded);
		expect(bench.local.callsOf('completeFile')).toHaveLength(2);
		expect(bench.local.callsOf('createFile')).toHaveLength(1);
	});

	it('is waited for while another run makes it a file', async () => {
		const { resume } = await unfinished(inOrder);
		await bench.upload(content, { ...inOrder, resume });
		const change = (file: object) => ({ ...file, status: 'uploading' });
		bench.local.fail({ call: 'getFile', times: 2, fault: { kind: 'changedAnswer', change } });
		const run = await withoutWaits(async () => await bench.upload(content, { ...inOrder, resume }));
		expectUploaded(run);
		expect(bench.local.callsOf('createFile')).toHaveLength(1);
		expect(bench.local.callsOf('getFile')).toHaveLength(3);
	});

	it('is not mixed with another file', async () => {
		const { resume } = await unfinished(inOrder);
		const other = bytes(content.length, 7);
		const { shown } = await bench.upload(other, { ...inOrder, resume });
		expect(shown).toMatchObject({
			message: 'The unfinished upload holds the bytes of another file',
			data: { code: 'UPLOAD_DIFFERS', partNumber: 1 },
		});
		expect(bench.partsPut()).toEqual([1, 2, 3]);
	});

	it('is not mixed with a shorter file', async () => {
		const { resume } = await unfinished(inOrder);
		const { shown } = await bench.upload('short', { ...inOrder, resume });
		expect(shown.data.code).toBe('UPLOAD_DIFFERS');
	});

	it('begins again when it was cleaned up', async () => {
		const { resume } = await unfinished(inOrder);
		bench.local.abortUpload(resume.upload.uploadId);
		const run = await bench.upload(content, { ...inOrder, resume });
		expectUploaded(run);
		expect(run.json).toMatchObject([{ upload: { how: 'sent' } }]);
		expect(run.logs.some(({ message }) => message.includes('is gone'))).toBe(true);
	});

	it('needs no part when all are there', async () => {
		bench.local.fail({
			call: 'completeFile',
			fault: { kind: 'pdsError', status: 403, code: 'QuotaExhausted.Drive' },
		});
		const { shown } = await bench.upload(content, inOrder);
		const { fileId, uploadId } = shown.data;
		expect(shown.message).toBe('The drive has no space left');
		expectUploaded(
			await bench.upload(content, { ...inOrder, resume: { upload: { fileId, uploadId } } }),
		);
		expect(bench.partsPut()).toEqual([1, 2, 3, 4, 5]);
	});
});

describe('an upload that has ended meanwhile', () => {
	async function ended() {
		const { resume } = await unfinished(inOrder);
		await bench.upload(content, { ...inOrder, resume });
		return { resume, puts: bench.partsPut().length };
	}

	it('gives the file', async () => {
		const { resume, puts } = await ended();
		const run = await bench.upload(content, { ...inOrder, resume });
		expectUploaded(run);
		expect(run.json).toMatchObject([{ file_id: resume.upload.fileId, upload: { how: 'resumed' } }]);
		expect(bench.partsPut()).toHaveLength(puts);
	});

	it('gives the file also when only the address of a part tells so (AlreadyExist.File)', async () => {
		const { resume, puts } = await ended();
		const body = { uploaded_parts: [], next_part_number_marker: '' };
		bench.local.fail({ call: 'listUploadedParts', fault: { kind: 'answer', status: 200, body } });
		expectUploaded(await bench.upload(content, { ...inOrder, resume }));
		expect(bench.partsPut()).toHaveLength(puts);
		expect(bench.callNames().slice(-2)).toEqual(['getUploadUrl', 'getFile']);
	});
});

describe('a resume that cannot be meant', () => {
	it.each([
		[{ fileId: 'f', uploadId: '' }, 'upload ID'],
		[{ fileId: '', uploadId: 'u' }, 'file ID'],
	])('is refused before anything is sent: %o', async (upload, what) => {
		const { shown } = await bench.upload('x', { resume: { upload } });
		expect(shown.message).toBe(`To resume an upload, its ${what} is required too`);
		expect(bench.local.calls).toEqual([]);
	});

	it.each(['text', 7, [], { upload: 'x' }, { upload: ['x'] }])(
		'is refused when the option is %j',
		async (resume) => {
			const { title } = factsOf(() => resumeOption.read(resume));
			expect(title).toBe('The option "Resume" names no upload');
		},
	);

	it('may be the two ids alone, as an expression gives them', () => {
		const resume = { fileId: 'f', uploadId: 'u' };
		expect(resumeOption.read(resume)).toEqual(resume);
	});

	it('is refused for several files', async () => {
		const input = [await bench.item({ a: 'a', b: 'b' })];
		const resume = { upload: { fileId: 'f', uploadId: 'u' } };
		const { shown } = await bench.run(uploadOf({ resume }, { inputDataFieldName: '*' }), { input });
		expect(shown.message).toBe('2 files are selected, but only one upload can be resumed');
	});

	it('is none when both ids are empty', async () => {
		const run = await bench.upload('x', { resume: { upload: { fileId: '', uploadId: '' } } });
		expect(run.status).toBe('success');
	});
});
