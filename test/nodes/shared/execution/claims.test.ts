import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { startEngine } from '../../../engine';
import { chain } from '../../../engine/fixtures';
import { describe as describeNode } from '../../../engine/stand-ins/describe';
import { SEED } from '../../../services/dingtalk';
import { locator, START } from '../../support/rig';
import { NODE, useRig } from '../../DingTalkKnowledgeBase/support/rig';

const rig = useRig();
const parent = locator('id', SEED.folders.empty.dentryUuid);

const step = (name: string, operation: string, more: INode['parameters'] = {}) => ({
	name,
	type: NODE,
	parameters: { resource: 'file', operation, ...more },
});

const info = step('Info', 'getUploadInfo', { parent });
const FIRST = "$('Info').first().json";
const sameAddress = {
	resourceUrl: `={{ ${FIRST}.headerSignatureInfo.resourceUrls[0] }}`,
	headers: `={{ ${FIRST}.headerSignatureInfo.headers }}`,
};

async function two() {
	return await rig.items(['a', 'b']);
}

describe('what can be used once', () => {
	it('an address for two files is refused before any byte is sent', async () => {
		const put = step('Put', 'uploadToOss', sameAddress);
		const run = await rig.workflow(chain(START, info, put), { input: await two() });
		expect(run.error).toMatchObject({
			message: 'Item 0 has the same resource URL',
			context: { itemIndex: 1 },
		});
		expect(rig.service.objects()).toEqual([]);
	});

	it('an address for two files takes the first with "continue on fail"', async () => {
		const put = { ...step('Put', 'uploadToOss', sameAddress), onError: 'continueErrorOutput' };
		const run = await rig.workflow(chain(START, info, put), { input: await two() });
		expect(run.items('Put', 0)).toHaveLength(1);
		expect(run.items('Put', 1)).toHaveLength(1);
		expect(rig.service.objects()).toMatchObject([{ puts: 1 }]);
		expect(rig.service.objects()[0].bytes?.toString()).toBe('a');
	});

	it('an upload key for two files is refused before any is committed', async () => {
		const uploadKey = `={{ ${FIRST}.uploadKey }}`;
		const commit = step('Commit', 'commit', { parent, uploadKey });
		const put = step('Put', 'uploadToOss');
		const run = await rig.workflow(chain(START, info, put, commit), { input: await two() });
		expect(run.error).toMatchObject({
			message: 'Item 0 has the same upload key',
			context: { itemIndex: 1 },
		});
		expect(rig.service.callsOf('commit')).toEqual([]);
	});

	it('an upload key whose commit is unknown is not committed by another node', async () => {
		rig.service.fail({ call: 'commit', fault: { kind: 'reset', when: 'afterWork' } });
		const commit = (name: string) => ({
			...step(name, 'commit', { parent, uploadKey: `={{ ${FIRST}.uploadKey }}`, fileName: 'x' }),
			onError: 'continueRegularOutput',
		});
		const run = await rig.workflow(
			chain(START, info, step('Put', 'uploadToOss'), commit('Commit'), commit('Again')),
			{ input: [await rig.item({ data: 'a' })] },
		);
		expect(run.items('Commit')).toMatchObject([{ json: { error: { outcome: 'unknown' } } }]);
		expect(run.items('Again')).toMatchObject([
			{ json: { error: { message: 'This upload key has been used already' } } },
		]);
		expect(rig.service.files(SEED.folders.empty.dentryUuid)).toHaveLength(1);
	});

	it('an address that another visit of the node has used is refused, as in a loop', async () => {
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const next = { name: 'Next', type: 'test.next' };
		const put = { ...step('Put', 'uploadToOss', sameAddress), onError: 'continueErrorOutput' };
		const engine = await startEngine({
			nodes: { 'test.next': Next },
			credentials: { dingTalkApi: rig.credential() },
			dataFolder: rig.engine.dataFolder,
		});
		for (const execution of [1, 2]) {
			rig.service.reset();
			const run = await engine.run(
				{
					nodes: [START, info, next, put] as never,
					connections: {
						Start: { main: [to('Info')] },
						Info: { main: [to('Next')] },
						Next: { main: [to('Put')] },
						Put: { main: [to('Next'), to('Next')] },
					},
				},
				{ input: await two() },
			);
			expect(run.items('Put', 0), `execution ${execution}`).toHaveLength(1);
			expect(run.items('Put', 1)).toMatchObject([
				{ json: { error: { message: 'This resource URL has been used already' } } },
			]);
			expect(rig.service.objects()).toMatchObject([{ puts: 1 }]);
		}
		await engine.close();
	});
});

/** Gives one item at a time, as Loop Over Items does. */
class Next {
	description = describeNode('next', 'Next');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const all = (this.getContext('node').left ??= this.getInputData()) as INodeExecutionData[];
		return [all.splice(0, 1)];
	}
}
