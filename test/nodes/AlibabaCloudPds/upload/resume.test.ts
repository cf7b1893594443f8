import { describe, expect, it } from 'vitest';

import { resumeOption } from '../../../../nodes/AlibabaCloudPds/inputs/upload-options';
import { gathered } from '../../../services/core/gather';
import type { PdsCall, PdsFault } from '../../../services/pds';
import { until } from '../../../until';
import { withoutWaits } from '../../support/haste';
import { factsOf } from '../../support/thrown';
import { bytes, PART, partSize, sha1, uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();
const content = bytes(4.5 * PART);

const inOrder = { partSize, maxConcurrency: 1 };
const anyOrder = { partSize, maxConcurrency: 4 };

/** Begins an upload that fails at a part when others are stored. @returns the ids of its error */
async function unfinished(options: object, part = 3) {
	const isPart = ({ query }: PdsCall) => query.partNumber === String(part);
	const refused = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
	const stored = until(() => rig.service.uploads().some(({ parts }) => parts.length > 0));
	const fault: PdsFault = { kind: 'hold', until: stored, then: refused };
	rig.service.fail({ call: 'partPut', when: isPart, fault });
	const { shown } = await rig.upload(content, { ...options });
	const { fileId, uploadId } = shown.data;
	return { shown, resume: { upload: { fileId, uploadId } } as { upload: Record<string, string> } };
}

function expectUploaded(run: { error?: Error }) {
	expect(run.error).toBeUndefined();
	expect(rig.service.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
}

describe('an upload that was not finished', () => {
	it('is named in the error, with how to go on', async () => {
		const { shown } = await unfinished(inOrder);
		const [upload] = rig.service.uploads();
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
		const run = await rig.upload(content, { ...inOrder, resume });
		expectUploaded(run);
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 4, 5]);
		expect(run.json).toMatchObject([{ upload: { how: 'resumed' } }]);
		expect(rig.service.callsOf('createFile')).toHaveLength(1);
	});

	it('is resumed with other part sizes where parts come in order', async () => {
		const { resume } = await unfinished(inOrder);
		expectUploaded(
			await rig.upload(content, { maxConcurrency: 1, partSize: 2 * partSize, resume }),
		);
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 4]);
	});

	it('is resumed around the parts that are there, several at a time', async () => {
		const { resume } = await unfinished(anyOrder, 2);
		const there = rig.service.uploads()[0].parts.map(({ partNumber }) => partNumber);
		const before = rig.partsPut().length;
		const run = await rig.upload(content, { maxConcurrency: 2, resume });
		expectUploaded(run);
		const sent = rig.partsPut().slice(before);
		expect(sent).toContain(2);
		// One that was on its way when the first run failed may have arrived since.
		expect(sent.filter((number) => there.includes(number))).toEqual([]);
		expect(run.json).toMatchObject([{ upload: { parallel: true } }]);
	});

	it('takes the ids from the details of the error, by expression', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await rig.item({ data: content }, { error: resume.upload })];
		const upload = {
			fileId: '={{ $json.error.fileId }}',
			uploadId: '={{ $json.error.uploadId }}',
		};
		const options = { ...inOrder, resume: { upload } };
		expectUploaded(await rig.run(uploadOf(options), { input }));
		expect(rig.partsPut()).toEqual([1, 2, 3, 3, 4, 5]);
	});

	it('is completed by one of two runs that resume it at once, and the file is not doubled', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await rig.item({ data: content })];
		const slow = { kind: 'slow', bytesPerSecond: PART } as const;
		rig.service.fail({ call: 'partPut', times: 3, fault: slow });
		const again = async () => await rig.run(uploadOf({ ...inOrder, resume }), { input });
		const runs = await Promise.all([again(), again()]);
		runs.forEach(expectUploaded);
		expect(rig.service.callsOf('createFile')).toHaveLength(1);
	});

	it('is stored for two runs that complete it at one moment', async () => {
		const { resume } = await unfinished(inOrder);
		const input = [await rig.item({ data: content })];
		rig.service.fail(gathered('completeFile', 2));
		const again = async () => await rig.run(uploadOf({ ...inOrder, resume }), { input });
		const runs = await Promise.all([again(), again()]);
		runs.forEach(expectUploaded);
		expect(rig.service.callsOf('completeFile')).toHaveLength(2);
		expect(rig.service.callsOf('createFile')).toHaveLength(1);
	});

	it('is waited for while another run makes it a file', async () => {
		const { resume } = await unfinished(inOrder);
		await rig.upload(content, { ...inOrder, resume });
		const change = (file: object) => ({ ...file, status: 'uploading' });
		rig.service.fail({ call: 'getFile', times: 2, fault: { kind: 'changedAnswer', change } });
		const run = await withoutWaits(async () => await rig.upload(content, { ...inOrder, resume }));
		expectUploaded(run);
		expect(rig.service.callsOf('createFile')).toHaveLength(1);
		expect(rig.service.callsOf('getFile')).toHaveLength(3);
	});

	it('is not mixed with another file', async () => {
		const { resume } = await unfinished(inOrder);
		const other = bytes(content.length, 7);
		const { shown } = await rig.upload(other, { ...inOrder, resume });
		expect(shown).toMatchObject({
			message: 'The unfinished upload holds the bytes of another file',
			data: { code: 'UPLOAD_DIFFERS', partNumber: 1 },
		});
		expect(rig.partsPut()).toEqual([1, 2, 3]);
	});

	it('is not mixed with a shorter file', async () => {
		const { resume } = await unfinished(inOrder);
		const { shown } = await rig.upload('short', { ...inOrder, resume });
		expect(shown.data.code).toBe('UPLOAD_DIFFERS');
	});

	it('begins again when it was cleaned up', async () => {
		const { resume } = await unfinished(inOrder);
		rig.service.abortUpload(resume.upload.uploadId);
		const run = await withoutWaits(async () => await rig.upload(content, { ...inOrder, resume }));
		expectUploaded(run);
		expect(run.json).toMatchObject([{ upload: { how: 'sent' } }]);
		expect(run.logs.some(({ message }) => message.includes('is gone'))).toBe(true);
	});

	it('needs no part when all are there', async () => {
		rig.service.fail({
			call: 'completeFile',
			fault: { kind: 'apiError', status: 403, code: 'QuotaExhausted.Drive' },
		});
		const { shown } = await rig.upload(content, inOrder);
		const { fileId, uploadId } = shown.data;
		expect(shown.message).toBe('The drive has no space left');
		expectUploaded(
			await rig.upload(content, { ...inOrder, resume: { upload: { fileId, uploadId } } }),
		);
		expect(rig.partsPut()).toEqual([1, 2, 3, 4, 5]);
	});
});

describe('an upload that has ended meanwhile', () => {
	async function ended() {
		const { resume } = await unfinished(inOrder);
		await rig.upload(content, { ...inOrder, resume });
		return { resume, puts: rig.partsPut().length };
	}

	it('gives the file', async () => {
		const { resume, puts } = await ended();
		const run = await rig.upload(content, { ...inOrder, resume });
		expectUploaded(run);
		expect(run.json).toMatchObject([{ file_id: resume.upload.fileId, upload: { how: 'resumed' } }]);
		expect(rig.partsPut()).toHaveLength(puts);
	});

	it('gives the file also when only the address of a part tells so (AlreadyExist.File)', async () => {
		const { resume, puts } = await ended();
		const body = { uploaded_parts: [], next_part_number_marker: '' };
		rig.service.fail({ call: 'listUploadedParts', fault: { kind: 'answer', status: 200, body } });
		expectUploaded(await rig.upload(content, { ...inOrder, resume }));
		expect(rig.partsPut()).toHaveLength(puts);
		expect(rig.callNames().slice(-2)).toEqual(['getUploadUrl', 'getFile']);
	});
});

describe('a resume that cannot be meant', () => {
	it.each([
		[{ fileId: 'f', uploadId: '' }, 'upload ID'],
		[{ fileId: '', uploadId: 'u' }, 'file ID'],
	])('is refused before anything is sent: %o', async (upload, what) => {
		const { shown } = await rig.upload('x', { resume: { upload } });
		expect(shown.message).toBe(`To resume an upload, its ${what} is required too`);
		expect(rig.service.calls).toEqual([]);
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
		const input = [await rig.item({ a: 'a', b: 'b' })];
		const resume = { upload: { fileId: 'f', uploadId: 'u' } };
		const { shown } = await rig.run(uploadOf({ resume }, { inputDataFieldName: '*' }), { input });
		expect(shown.message).toBe('2 files are selected, but only one upload can be resumed');
	});

	it('is none when both ids are empty', async () => {
		const run = await rig.upload('x', { resume: { upload: { fileId: '', uploadId: '' } } });
		expect(run.status).toBe('success');
	});
});
