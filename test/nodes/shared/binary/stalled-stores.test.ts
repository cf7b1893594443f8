import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startEngine, type Engine } from '../../../engine';
import { chain } from '../../../engine/fixtures';
import { loadN8nCore } from '../../../engine/n8n';
import { describe as describeNode } from '../../../engine/stand-ins/describe';
import { useService } from '../../../services/core/use-service';
import { SEED as PDS, startLocalPds } from '../../../services/pds';
import { SEED, startLocalDingTalk } from '../../../services/dingtalk';
import { until } from '../../../until';
import { credentialFor as pdsCredential } from '../../AlibabaCloudPds/support/rig';
import { credentialFor as dingTalkCredential } from '../../DingTalkKnowledgeBase/support/rig';
import { locator, shownError, START } from '../../support/rig';
import { stopwatch } from '../../support/stopwatch';

/** n8n's store of files, which gives the beginning of each and then nothing more. */
class StallingStore {
	description = describeNode('stallingStore', 'Stalling Store');

	static opened = 0;

	async execute(): Promise<INodeExecutionData[][]> {
		const { core, container } = loadN8nCore();
		const service = container.get(core.BinaryDataService) as unknown as {
			setManager(mode: string, manager: unknown): void;
		};
		service.setManager('database', {
			getMetadata: async () => ({ fileName: 'large.bin', fileSize: 50_000_000 }),
			getAsStream: async () => {
				StallingStore.opened++;
				return new Readable({ read() {} }).on('newListener', function (this: Readable) {
					if (this.readableLength === 0 && !this.destroyed) this.push(Buffer.alloc(70_000));
				});
			},
		});
		const data = { mimeType: 'a/b', data: 'database', id: 'database:large', fileName: 'large.bin' };
		return [[{ json: {}, binary: { data } }]];
	}
}

const dingTalk = useService(startLocalDingTalk);
const pds = useService(startLocalPds);
let engine: Engine;

beforeAll(async () => {
	engine = await startEngine({
		nodes: { 'test.stallingStore': StallingStore },
		credentials: {
			dingTalkApi: dingTalkCredential(dingTalk),
			alibabaCloudPdsApi: pdsCredential(pds),
		},
	});
});
afterAll(async () => await engine.close());

const place = { driveId: PDS.driveId, parentFileId: 'root' };
const NODES: Array<[string, string, IDataObject, IDataObject]> = [
	[
		'DingTalk: Upload File',
		'dingTalkKnowledgeBase',
		{ parent: locator('id', SEED.folders.empty.dentryUuid) },
		{},
	],
	['PDS: parts in order', 'alibabaCloudPds', place, { maxConcurrency: 1 }],
	['PDS: parts in any order', 'alibabaCloudPds', place, { maxConcurrency: 4 }],
	['PDS: the hash of a rapid upload', 'alibabaCloudPds', place, { rapidUpload: true }],
];

describe.each(NODES)("while n8n's store gives nothing more: %s", (_, type, parameters, options) => {
	const workflow = (more: IDataObject = {}) =>
		chain(
			START,
			{ name: 'Store', type: 'test.stallingStore' },
			{
				name: 'Upload',
				type: `n8n-nodes-dingtalk-knowledge-base.${type}`,
				parameters: {
					...{ resource: 'file', operation: 'upload' },
					...parameters,
					options: { ...options, ...more },
				} as INode['parameters'],
			},
		);

	it('the execution ends with the stop', async () => {
		StallingStore.opened = 0;
		const stop = new AbortController();
		const running = engine.run(workflow(), { signal: stop.signal });
		await until(() => StallingStore.opened > 0);
		const took = stopwatch();
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(took()).toBeLessThan(1000);
	});

	it('the file is given up after Timeout, with what to do', async () => {
		const result = await engine.run(workflow({ timeout: 100 }));
		const shown = shownError(result.nodeError('Upload'));
		expect(shown.data).toMatchObject({ code: 'STORE_STALLED' });
		expect(shown.description).toMatch(/Check the store of the n8n server/);
		expect(dingTalk.files().filter(({ name }) => name === 'large.bin')).toEqual([]);
		expect(pds.files()).toEqual([]);
	});
});
