import type { INodeExecutionData } from 'n8n-workflow';

import { chain } from '../../engine/fixtures';
import type { Engines } from '../engines';
import { timed } from '../timed';
import type { PlanTask, TaskResult } from '../tasks';
import { planningItems } from './items';
import { OPERATIONS } from './operations';
import { READERS, readers } from './readers';

const NOBODY = 'http://127.0.0.1:1';

const CREDENTIALS = {
	dingTalkApi: { region: 'custom', apiBaseUrl: NOBODY, appKey: 'key', appSecret: 'secret' },
	alibabaCloudPdsApi: {
		...{ domainId: 'bench', apiBaseUrl: NOBODY },
		...{ authType: 'accessToken', accessToken: 'token' },
	},
};

/** Made once, so that the growth of a run is not theirs. */
let items: INodeExecutionData[] = [];

/** Has an operation plan its items, or n8n read their parameters. @throws {Error} unless the last is refused */
export async function plan(task: PlanTask, engines: Engines): Promise<TaskResult> {
	const { operation, count, of, by } = task;
	const { type, parameters } = OPERATIONS[operation];
	if (items.length !== of) items = planningItems(of);
	const engine = await engines.with(CREDENTIALS, readers());
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
	const step = { name: 'Step', type: by === 'node' ? type : READERS[type], parameters };
	const input = items.slice(-count);
	return await timed(async () => {
		const { error } = await engine.run(chain(start, step), { input });
		const { context } = (error ?? {}) as { context?: { itemIndex?: number } };
		if (context?.itemIndex === count - 1) return;
		throw new Error(`Item ${count - 1} was not refused: ${context?.itemIndex} ${error?.message}`);
	});
}
