import type { IDataObject, INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED, type CallName } from '../../../services/dingtalk';
import { chain } from '../../../engine/fixtures';
import { locator, START } from '../../support/rig';
import { withoutWaits } from '../../support/haste';
import { NODE, uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { empty } = SEED.folders;
const upload = (options: IDataObject = {}) => uploadOf({ maxConcurrency: 1, ...options });

describe('an answer about another file', () => {
	const other = {
		uuid: 'Q'.repeat(32),
		name: 'other.txt',
		size: 999,
		type: 'FILE',
		status: 'NORMAL',
	};

	it.each([
		['has another size', other],
		['is about a folder', { ...other, size: 1, type: 'FOLDER' }],
		['is about a file that is deleted', { ...other, size: 1, status: 'DELETED' }],
	])('to a commit that %s leaves it unknown whether the file is stored', async (_, dentry) => {
		rig.service.fail({ call: 'commit', fault: { kind: 'answer', status: 200, body: { dentry } } });
		const { shown } = await rig.run(upload(), { input: [await rig.item({ data: 'x' })] });
		expect(shown.data).toMatchObject({ outcome: 'unknown', code: 'INCOMPLETE_ANSWER' });
	});

	it.each([
		['a file that was there is kept', { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' }],
		['the file is converted', { convertToOnlineDoc: true, fileName: 'a.md' }],
	])('may have another size where %s', async (_, options) => {
		rig.service.fail({
			call: 'commit',
			fault: { kind: 'answer', status: 200, body: { dentry: other } },
		});
		const run = await rig.run(upload(options), { input: [await rig.item({ data: 'x' })] });
		expect(run.json).toMatchObject([{ name: 'other.txt' }]);
	});

	/** A cache in front of the API gives the first answer of a call to all others. */
	function answerFromACache(call: CallName) {
		let first: unknown;
		const change = (body: unknown) => (first ??= body);
		rig.service.fail({ call, times: Infinity, fault: { kind: 'changedAnswer', change } });
	}

	async function uploadTwo(parameters: INode['parameters']) {
		const files = ['first.txt', 'second.txt'].map(
			async (name) => await rig.item({ data: await rig.file('same size', name, 'text/plain') }),
		);
		const node = { onError: 'continueRegularOutput' } as const;
		const input = await Promise.all(files);
		return await withoutWaits(async () => await rig.run(parameters, { input, node }));
	}

	it.each(['AUTO_RENAME', 'OVERWRITE', 'RETURN_DENTRY_IF_EXISTS', 'RETURN_ERROR_IF_EXISTS'])(
		'of the same size and folder to a commit with %s leaves it unknown',
		async (conflictStrategy) => {
			answerFromACache('commit');
			const { json } = await uploadTwo(upload({ conflictStrategy }));
			expect(json).toMatchObject([
				{ name: 'first.txt' },
				{ error: { fileName: 'second.txt', code: 'INCOMPLETE_ANSWER' } },
			]);
			expect(json[1].error).toHaveProperty('uploadKey');
		},
	);

	it.each(['AUTO_RENAME', 'OVERWRITE'])(
		'to a commit with %s is found out by the next try of the node',
		async (conflictStrategy) => {
			answerFromACache('commit');
			const isSecond = ({ bytes }: { bytes?: number }) => bytes === 2;
			const fault = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
			rig.service.fail({ call: 'ossPut', when: isSecond, fault });
			const input = await rig.items(['a', 'bb']);
			const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			const options = { conflictStrategy, fileName: '={{ "f" + $itemIndex }}' };
			const run = await withoutWaits(async () => await rig.run(upload(options), { input, node }));
			expect(run.shown.data).toMatchObject({ outcome: 'unknown', fileName: 'f1' });
		},
	);

	it('to a commit is found out by the next node of the execution', async () => {
		answerFromACache('commit');
		const step = (name: string, fileName: string) => ({
			...{ name, type: NODE, onError: 'continueRegularOutput' },
			parameters: upload({ fileName, content: 'of one size', conflictStrategy: 'OVERWRITE' }),
		});
		const branches = chain(START, step('First', 'first.txt'), step('Second', 'second.txt'));
		const run = await withoutWaits(
			async () => await rig.workflow(branches, { input: [{ json: {} }] }),
		);
		expect(run.items('First')).toMatchObject([{ json: { name: 'first.txt' } }]);
		expect(run.items('Second')).toMatchObject([{ json: { error: { outcome: 'unknown' } } }]);
	});

	it('is none where a file that was renamed gets a new version', async () => {
		const strategies = ['RETURN_ERROR_IF_EXISTS', 'AUTO_RENAME', 'OVERWRITE'];
		const names = ['x.txt', 'x.txt', 'x (1).txt'];
		const options = {
			conflictStrategy: `={{ ${JSON.stringify(strategies)}[$itemIndex] }}`,
			fileName: `={{ ${JSON.stringify(names)}[$itemIndex] }}`,
		};
		const input = await Promise.all(['a', 'b', 'c'].map(async (data) => await rig.item({ data })));
		const run = await rig.run(upload(options), { input });
		expect(run.json.map(({ name }) => name)).toEqual(['x.txt', 'x (1).txt', 'x (1).txt']);
	});

	it('to making a folder is no folder to upload into', async () => {
		answerFromACache('createFolder');
		const folderPath = '={{ $binary.data.fileName === "first.txt" ? "one" : "two" }}';
		const { json } = await uploadTwo(upload({ folderPath }));
		expect(json).toMatchObject([
			{ name: 'first.txt' },
			{ error: { code: 'INCOMPLETE_ANSWER', step: 'createFolder' } },
		]);
	});

	it('to a request for the address of a resource is found out: each has its own', async () => {
		answerFromACache('docUploadInfo');
		const document = locator('id', SEED.documents.meetingNotes.dentryUuid);
		const operation = { resource: 'document', operation: 'uploadResource', document };
		const { json } = await uploadTwo({ ...operation, options: { maxConcurrency: 1 } } as never);
		expect(json).toMatchObject([
			{ resourceName: 'first.txt' },
			{ error: { code: 'ISSUED_TWICE' } },
		]);
		expect(rig.service.resources()).toMatchObject([{ name: 'first.txt' }]);
	});

	it('to a request for an upload address is found out: each file has its own', async () => {
		const info = {
			name: 'Info',
			type: NODE,
			parameters: {
				resource: 'file',
				operation: 'getUploadInfo',
				parent: locator('id', empty.dentryUuid),
			},
		};
		const [{ json: body }] = (
			await rig.workflow(chain(START, info), { input: [{ json: {} }] })
		).items('Info');
		rig.service.fail({
			...{ call: 'uploadInfo', times: 2 },
			fault: { kind: 'answer', status: 200, body },
		});
		const input = await rig.items(['aaa', 'bbb']);
		const run = await rig.run(upload(), { input, node: { onError: 'continueRegularOutput' } });
		expect(run.json).toMatchObject([{ size: 3 }, { error: { code: 'ISSUED_TWICE' } }]);
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(1);
	});
});

describe('files of one name that are committed by Commit File', () => {
	it('keep the order of the items', async () => {
		const parent = locator('id', empty.dentryUuid);
		const step = (name: string, operation: string, more: object = {}) => ({
			...{ name, type: NODE },
			parameters: { resource: 'file', operation, parent, ...more } as INode['parameters'],
		});
		const slow = { kind: 'delay', ms: 300 } as const;
		rig.service.fail({ call: 'commit', fault: slow });
		const input = await rig.items(['0', '1', '2', '3']);
		const named = { fileName: 'same.txt' };
		const workflow = chain(
			START,
			step('Info', 'getUploadInfo', named),
			step('Put', 'uploadToOss'),
			step('Commit', 'commit', named),
		);
		const run = await rig.workflow(workflow, { input });
		expect(run.items('Commit').map(({ json }) => json.name)).toEqual([
			...['same.txt', 'same (1).txt', 'same (2).txt', 'same (3).txt'],
		]);
	});
});
