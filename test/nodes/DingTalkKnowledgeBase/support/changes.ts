import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { SEED, type Fault } from '../../../services/dingtalk';
import { withoutWaits } from '../../support/haste';
import type { NodeRun, NodeRunOptions } from '../../support/rig';
import type { DingTalkRig } from './rig';

interface Known {
	dentryUuid: string;
	dentryId: string;
}

/** An item as an operation of the node puts it out: with all ids of a file. */
export function itemOf(
	{ dentryUuid: uuid, dentryId: id }: Known,
	spaceId = SEED.teamHandbook.spaceId,
): INodeExecutionData {
	return { json: { uuid, id, spaceId } };
}

/** The answer is lost, after the work. */
export const lost: Fault = { kind: 'reset', when: 'afterWork' };

/** An error of the service. */
export const refused = (code: string, status = 400): Fault => ({ kind: 'apiError', status, code });

/** An answer that something changes on its way. */
export const changed = (change: (body: IDataObject) => unknown): Fault => ({
	kind: 'changedAnswer',
	change: (body) => change(body as IDataObject),
});

/** n8n's node setting "Retry On Fail", with the shortest pause there is. */
export const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;

/** Runs an operation on files, by default on the one of the item, with hardly any waits. */
export function runnerOf(rig: DingTalkRig, operation: string) {
	return async (parameters: object, options: NodeRunOptions = {}): Promise<NodeRun> => {
		const all = { resource: 'file', operation, ...parameters } as INode['parameters'];
		const input = options.input ?? [itemOf(SEED.files.welcome)];
		return await withoutWaits(async () => await rig.run(all, { ...options, input }));
	};
}
