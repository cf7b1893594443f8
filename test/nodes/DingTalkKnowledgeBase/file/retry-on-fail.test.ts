import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { startEngine } from '../../../engine';
import { describe as describeNode } from '../../../engine/stand-ins/describe';
import { SEED, type Fault, type RecordedCall } from '../../../services/dingtalk';
import { until } from '../../../until';
import { withoutWaits } from '../../support/haste';
import { START } from '../../support/rig';
import { NODE, uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { empty } = SEED.folders;

/** n8n's node setting "Retry On Fail", with the shortest pause there is: 0 means a second. */
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const CONTINUE = { ...RETRY, onError: 'continueRegularOutput' } as const;

const refused: Fault = { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' };
const lost: Fault = { kind: 'reset', when: 'afterWork' };

async function run(node: Partial<INode>, options: IDataObject = {}, files = 4) {
	const input = await rig.items(Array.from({ length: files }, (_, index) => `content ${index}`));
	const fileName = '={{ "file-" + $itemIndex + ".txt" }}';
	const parameters = uploadOf({ fileName, ...options });
	return await withoutWaits(async () => await rig.run(parameters, { input, node }));
}

const names = () =>
	rig.service
		.files(empty.dentryUuid)
		.map(({ name }) => name)
		.sort();
const all = ['file-0.txt', 'file-1.txt', 'file-2.txt', 'file-3.txt'];

describe("n8n's Retry On Fail", () => {
	it('takes over what the first try has stored and does only the rest', async () => {
		// One file fails when the three others are stored.
		const stored = until(() => names().length === 3);
		const fault: Fault = { kind: 'hold', until: stored, then: refused };
		rig.service.fail({ call: 'ossPut', after: 2, fault });
		const { status, json } = await run(RETRY);
		expect(status).toBe('success');
		expect(json.map(({ name }) => name)).toEqual(all);
		expect(names()).toEqual(all);
		expect(new Set(json.map(({ uuid }) => uuid)).size).toBe(4);
	});

	it('does so with "continue on fail" too, and ends without an error item', async () => {
		const isFirst = ({ body }: { body?: unknown }) =>
			(body as { name: string }).name === 'file-0.txt';
		const fault: Fault = { kind: 'apiError', status: 403, code: 'permissionDenied' };
		rig.service.fail({ call: 'commit', when: isFirst, fault });
		const { json } = await run(CONTINUE);
		expect(json.map(({ name }) => name)).toEqual(all);
		expect(names()).toEqual(all);
	});

	it('never repeats a commit whose answer was lost, does the rest, and still says so', async () => {
		rig.service.fail({ call: 'commit', fault: lost });
		const { shown } = await run(RETRY, { maxConcurrency: 1 });
		expect(shown.data).toMatchObject({ outcome: 'unknown', fileName: 'file-0.txt' });
		expect(shown.data.stored).toHaveLength(3);
		expect(names()).toEqual(all);
		const keys = rig.service.callsOf('commit').map(({ body }) => (body as IDataObject).uploadKey);
		expect(new Set(keys).size).toBe(4);
	});

	it('repeats it where twice is the same as once', async () => {
		rig.service.fail({ call: 'commit', times: 5, fault: lost });
		const options = { maxConcurrency: 1, conflictStrategy: 'OVERWRITE' };
		const { status } = await run(RETRY, options, 1);
		expect(status).toBe('success');
		expect(names()).toEqual(['file-0.txt']);
	});

	it('gives the error of its last try when none has helped, with what is stored', async () => {
		rig.service.fail({ call: 'ossPut', after: 3, times: Infinity, fault: refused });
		const { shown } = await run(RETRY, { maxConcurrency: 1 });
		expect(shown.data).toMatchObject({ code: 'SignatureDoesNotMatch', fileName: 'file-3.txt' });
		expect(shown.data.stored).toHaveLength(3);
		expect(names()).toEqual(all.slice(0, 3));
	});

	it.each(['commit', 'uploadInfo'] as const)(
		'says that a file may be stored, though a later try is refused at %s',
		async (call) => {
			rig.service.fail({ call: 'commit', times: 5, fault: lost });
			const fault: Fault = { kind: 'apiError', status: 403, code: 'permissionDenied' };
			const isLater = () => rig.service.callsOf('commit').length >= 5;
			rig.service.fail({ call, when: isLater, times: Infinity, fault });
			const options = { maxConcurrency: 1, conflictStrategy: 'OVERWRITE' };
			const { shown } = await run(RETRY, options, 1);
			expect(shown.message).toBe('It is unknown whether "file-0.txt" was committed');
			expect(shown.description).toMatch(/did not settle this: The operator may not upload here/);
			expect(shown.data).toMatchObject({
				outcome: 'unknown',
				uploadKey: expect.any(String) as string,
			});
		},
		60_000,
	);

	it.each([
		['ends with an error', RETRY],
		['continues', CONTINUE],
	])(
		'keeps what is stored when the next try can read nothing any more, and %s',
		async (_, node) => {
			const input = await rig.items(['x', 'xx', 'xxx', 'xxxx']);
			// The first item fails when the others are stored (n8n tries again for the first one only, where
			// it is to continue), and by then n8n has pruned them all.
			const pruned = async () => {
				await until(() => names().length === 3);
				await rm(join(rig.engine.dataFolder, '.n8n', 'storage'), { recursive: true });
			};
			const isFirst = ({ headers }: RecordedCall) => headers['content-length'] === '1';
			const hold: Fault = { kind: 'hold', until: pruned(), then: refused };
			rig.service.fail({ call: 'ossPut', when: isFirst, fault: hold });
			const fileName = '={{ "file-" + $itemIndex + ".txt" }}';
			const { shown, json } = await rig.run(uploadOf({ fileName }), { input, node });
			const message = "The file could not be read from n8n's binary store";
			if (node === RETRY) {
				expect(shown.message).toBe(message);
				expect(shown.data.stored).toHaveLength(3);
			} else {
				expect(json[0]).toMatchObject({ error: { message } });
				expect(json.slice(1)).toMatchObject(names().map((name) => ({ name })));
			}
			expect(names()).toHaveLength(3);
		},
	);

	it('finds each of two executions at once in a memory of its own', async () => {
		rig.service.fail({ call: 'ossPut', times: 2, fault: refused });
		const runs = await Promise.all([run(RETRY, {}, 2), run(RETRY, {}, 2)]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(names()).toHaveLength(4);
	});
});

/** Sends its items back once, then on. */
class Again {
	static visits = 0;

	description = describeNode('again', 'Again', { outputs: ['main', 'main'] });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		return Again.visits++ === 0 ? [items, []] : [[], items];
	}
}

describe('an intended second visit of the node', () => {
	it('uploads again: a loop is no retry', async () => {
		Again.visits = 0;
		const engine = await startEngine({
			nodes: { 'test.again': Again },
			credentials: { dingTalkApi: rig.credential() },
		});
		const parameters = uploadOf({ content: 'note', fileName: 'note.txt' });
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const result = await engine.run({
			nodes: [
				START,
				{ name: 'DingTalk', type: NODE, parameters, ...RETRY },
				{ name: 'Again', type: 'test.again' },
			],
			connections: {
				Start: { main: [to('DingTalk')] },
				DingTalk: { main: [to('Again')] },
				Again: { main: [to('DingTalk'), []] },
			},
		});
		await engine.close();
		expect(result.status).toBe('success');
		expect(result.items('DingTalk').map(({ json }) => json.name)).toEqual([
			'note.txt',
			'note (1).txt',
		]);
	});
});
