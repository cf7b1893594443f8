import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { bytes, uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();
const content = bytes(5_000);

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const FORBIDDEN = { status: 403, code: 'ForbiddenNoPermission.File' };
const DOWN = { status: 503, code: 'ServiceUnavailable' };

/** The file is made, and nobody hears of it. */
function loseTheCompletion() {
	rig.service.fail({ call: 'completeFile', fault: { kind: 'reset', when: 'afterWork' } });
}

function refuseToShowTheFile(error: typeof FORBIDDEN, times: number) {
	rig.service.fail({ call: 'getFile', times, fault: { kind: 'apiError', ...error } });
}

/** The service tells no checksum of the file. */
function tellNoHash() {
	const change = (file: Record<string, unknown>) =>
		Object.fromEntries(Object.entries(file).filter(([name]) => !/_hash/.test(name)));
	rig.service.fail({ call: 'getFile', times: Infinity, fault: { kind: 'changedAnswer', change } });
}

function expectUnknown({ shown }: { shown: { message: string; data: object } }) {
	expect(shown.message).toMatch(/^It is unknown whether "data.txt" was stored/);
	const { fileId } = rig.service.files()[0];
	expect(shown.data).toMatchObject({ outcome: 'unknown', fileId });
	expect(rig.service.files()).toHaveLength(1);
}

describe('a file whose completion was lost', () => {
	it.each([
		['may not be looked at', FORBIDDEN, Infinity],
		['cannot be looked at for a while', DOWN, 10],
	])('stays unknown, and single, where it %s', async (_, error, times) => {
		loseTheCompletion();
		refuseToShowTheFile(error, times);
		const run = await withoutWaits(async () => await rig.upload(content, {}, { node: RETRY }));
		if (times === Infinity) return expectUnknown(run);
		expect(rig.service.files()).toHaveLength(1);
	});

	it('stays unknown when it is resumed and no checksum tells that it is the file', async () => {
		tellNoHash();
		loseTheCompletion();
		const first = await withoutWaits(async () => await rig.upload(content));
		expectUnknown(first);
		const { fileId, uploadId } = first.shown.data;
		const resume = { upload: { fileId, uploadId } };
		const second = await rig.upload(content, { resume });
		expectUnknown(second);
		expect(second.shown.description).toMatch(/remove the option "Resume"/);
	});

	it('is found when it is resumed, although it was not there at first', async () => {
		loseTheCompletion();
		refuseToShowTheFile(DOWN, 10);
		const { fileId, uploadId } = (await withoutWaits(async () => await rig.upload(content))).shown
			.data;
		refuseToShowTheFile({ status: 404, code: 'NotFound.File' }, 2);
		const resume = { upload: { fileId, uploadId } };
		const { json } = await withoutWaits(async () => await rig.upload(content, { resume }));
		expect(json).toMatchObject([{ file_id: fileId }]);
		expect(rig.service.files()).toHaveLength(1);
	});

	it.each([
		['fails', DOWN, Infinity],
		['is refused', FORBIDDEN, Infinity],
	])(
		'stays unknown when a proxy repeated the completion, and the look at it %s',
		async (_, error, times) => {
			const body = { code: 'NotFound.UploadId', message: 'The upload has ended.' };
			const fault = { kind: 'answerAfter', status: 404, body } as const;
			rig.service.fail({ call: 'completeFile', fault });
			refuseToShowTheFile(error, times);
			expectUnknown(await withoutWaits(async () => await rig.upload(content, {}, { node: RETRY })));
		},
	);

	it('stays unknown when a gateway answered 401 and a new token was tried', async () => {
		const credential = {
			...{ authType: 'jwtApp', appId: SEED.jwt.appId, privateKey: SEED.jwt.privateKey },
			...{ subjectType: 'service', subjectId: SEED.domainId },
		};
		tellNoHash();
		const page = { status: 401, body: '<html>', headers: { 'content-type': 'text/html' } };
		const fault = { kind: 'answerAfter', ...page, elsewhere: true } as const;
		rig.service.fail({ call: 'completeFile', fault });
		expectUnknown(
			await withoutWaits(async () => await rig.upload(content, {}, { node: RETRY, credential })),
		);
	});
});

describe('an upload that several runs resume at once', () => {
	it('makes one file where no checksum tells the others that it is stored', async () => {
		const isPart = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
		rig.service.fail({ call: 'partPut', fault: isPart });
		const { fileId, uploadId } = (await rig.upload(content)).shown.data;
		tellNoHash();
		const resume = { upload: { fileId, uploadId } };
		const resumed = async () => await rig.upload(content, { resume });
		const runs = await withoutWaits(
			async () => await Promise.all([resumed(), resumed(), resumed()]),
		);
		expect(rig.service.files()).toHaveLength(1);
		const failed = runs.filter(({ error }) => error);
		for (const { shown } of failed) expect(shown.data).toMatchObject({ outcome: 'unknown' });
	});
});

describe('two files that get one upload from a cache on the way', () => {
	it('are one file and one error: the second would go under the name of the first', async () => {
		let first: unknown;
		const change = (body: unknown) => (first ??= body);
		rig.service.fail({
			...{ call: 'createFile', times: Infinity },
			fault: { kind: 'changedAnswer', change },
		});
		const node = { onError: 'continueRegularOutput' } as const;
		const input = [await rig.item({ a: 'a', b: 'b' })];
		const parameters = uploadOf({ maxConcurrency: 1 }, { inputDataFieldName: '*' });
		const { json } = await rig.run(parameters, { input, node });
		expect(json).toMatchObject([{ name: 'a.txt' }, { error: { code: 'ISSUED_TWICE' } }]);
		expect(rig.service.files()).toMatchObject([{ name: 'a.txt' }]);
	});
});

describe('an answer about another file', () => {
	it('is not taken for the file that the domain had the bytes of', async () => {
		await rig.upload(content);
		const change = (file: Record<string, unknown>) => ({ ...file, file_id: 'another', name: 'x' });
		rig.service.fail({
			call: 'getFile',
			times: Infinity,
			fault: { kind: 'changedAnswer', change },
		});
		const run = await withoutWaits(async () => await rig.upload(content, { rapidUpload: true }));
		expect(run.json).toMatchObject([{ file_id: rig.service.files()[1].fileId, name: 'data.txt' }]);
	});
});

describe('bytes that the domain had already', () => {
	it.each([
		['may not be looked at', FORBIDDEN],
		['cannot be looked at', DOWN],
	])('are one file more, and a success, where it %s', async (_, error) => {
		await rig.upload(content);
		refuseToShowTheFile(error, Infinity);
		const run = await withoutWaits(
			async () => await rig.upload(content, { rapidUpload: true }, { node: RETRY }),
		);
		expect(run.error).toBeUndefined();
		const [, made] = rig.service.files();
		expect(run.json).toMatchObject([
			{ file_id: made.fileId, name: 'data.txt', size: 5_000, upload: { how: 'rapidUpload' } },
		]);
		expect(rig.service.files()).toHaveLength(2);
	});
});
