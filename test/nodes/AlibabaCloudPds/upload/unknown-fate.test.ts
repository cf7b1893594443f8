import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { bytes, uploadOf, usePds } from '../support/bench';

const bench = usePds();
const content = bytes(5_000);

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const FORBIDDEN = { status: 403, code: 'ForbiddenNoPermission.File' };
const DOWN = { status: 503, code: 'ServiceUnavailable' };

/** The file is made, and nobody hears of it. */
function loseTheCompletion() {
	bench.local.fail({ call: 'completeFile', fault: { kind: 'reset', when: 'afterWork' } });
}

function refuseToShowTheFile(error: typeof FORBIDDEN, times: number) {
	bench.local.fail({ call: 'getFile', times, fault: { kind: 'pdsError', ...error } });
}

/** The service tells no checksum of the file. */
function tellNoHash() {
	const change = ({ content_hash: _, crc64_hash: __, ...others }: Record<string, unknown>) =>
		others;
	bench.local.fail({ call: 'getFile', times: Infinity, fault: { kind: 'changedAnswer', change } });
}

function expectUnknown({ shown }: { shown: { message: string; data: object } }) {
	expect(shown.message).toMatch(/^It is unknown whether "data.txt" was stored/);
	const { fileId } = bench.local.files()[0];
	expect(shown.data).toMatchObject({ outcome: 'unknown', fileId });
	expect(bench.local.files()).toHaveLength(1);
}

describe('a file whose completion was lost', () => {
	it.each([
		['may not be looked at', FORBIDDEN, Infinity],
		['cannot be looked at for a while', DOWN, 10],
	])('stays unknown, and single, where it %s', async (_, error, times) => {
		loseTheCompletion();
		refuseToShowTheFile(error, times);
		const run = await withoutWaits(async () => await bench.upload(content, {}, { node: RETRY }));
		if (times === Infinity) return expectUnknown(run);
		expect(bench.local.files()).toHaveLength(1);
	});

	it('stays unknown when it is resumed and no checksum tells that it is the file', async () => {
		tellNoHash();
		loseTheCompletion();
		const first = await withoutWaits(async () => await bench.upload(content));
		expectUnknown(first);
		const { fileId, uploadId } = first.shown.data;
		const resume = { upload: { fileId, uploadId } };
		const second = await bench.upload(content, { resume });
		expectUnknown(second);
		expect(second.shown.description).toMatch(/remove the option "Resume"/);
	});

	it('stays unknown when a gateway answered 401 and a new token was tried', async () => {
		const credential = {
			...{ authType: 'jwtApp', appId: SEED.jwt.appId, privateKey: SEED.jwt.privateKey },
			...{ subjectType: 'service', subjectId: SEED.domainId },
		};
		tellNoHash();
		const page = { status: 401, body: '<html>', headers: { 'content-type': 'text/html' } };
		const fault = { kind: 'answerAfter', ...page, elsewhere: true } as const;
		bench.local.fail({ call: 'completeFile', fault });
		expectUnknown(
			await withoutWaits(async () => await bench.upload(content, {}, { node: RETRY, credential })),
		);
	});
});

describe('an upload that several runs resume at once', () => {
	it('makes one file where no checksum tells the others that it is stored', async () => {
		const isPart = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
		bench.local.fail({ call: 'partPut', fault: isPart });
		const { fileId, uploadId } = (await bench.upload(content)).shown.data;
		tellNoHash();
		const resume = { upload: { fileId, uploadId } };
		const resumed = async () => await bench.upload(content, { resume });
		const runs = await withoutWaits(
			async () => await Promise.all([resumed(), resumed(), resumed()]),
		);
		expect(bench.local.files()).toHaveLength(1);
		const failed = runs.filter(({ error }) => error);
		for (const { shown } of failed) expect(shown.data).toMatchObject({ outcome: 'unknown' });
	});
});

describe('two files that get one upload from a cache on the way', () => {
	it('are one file and one error: the second would go under the name of the first', async () => {
		let first: unknown;
		const change = (body: unknown) => (first ??= body);
		bench.local.fail({
			...{ call: 'createFile', times: Infinity },
			fault: { kind: 'changedAnswer', change },
		});
		const node = { onError: 'continueRegularOutput' } as const;
		const input = [await bench.item({ a: 'a', b: 'b' })];
		const parameters = uploadOf({ maxConcurrency: 1 }, { inputDataFieldName: '*' });
		const { json } = await bench.run(parameters, { input, node });
		expect(json).toMatchObject([{ name: 'a.txt' }, { error: { code: 'ISSUED_TWICE' } }]);
		expect(bench.local.files()).toMatchObject([{ name: 'a.txt' }]);
	});
});

describe('bytes that the domain had already', () => {
	it.each([
		['may not be looked at', FORBIDDEN],
		['cannot be looked at', DOWN],
	])('are one file more, and a success, where it %s', async (_, error) => {
		await bench.upload(content);
		refuseToShowTheFile(error, Infinity);
		const run = await withoutWaits(
			async () => await bench.upload(content, { rapidUpload: true }, { node: RETRY }),
		);
		expect(run.error).toBeUndefined();
		const [, made] = bench.local.files();
		expect(run.json).toMatchObject([
			{ file_id: made.fileId, name: 'data.txt', size: 5_000, upload: { how: 'rapidUpload' } },
		]);
		expect(bench.local.files()).toHaveLength(2);
	});
});
