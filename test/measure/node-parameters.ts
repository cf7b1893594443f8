import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SEED } from '../services/dingtalk';

/** Full type name of our node. */
export const NODE = 'n8n-nodes-dingtalk-knowledge-base.dingTalkKnowledgeBase';

/** Upload File of the field `data` into the local service's empty folder. */
export function nodeParameters(seed: typeof SEED, options: IDataObject = {}): INodeParameters {
	return {
		resource: 'file',
		operation: 'upload',
		operator: { __rl: true, mode: 'unionId', value: seed.operator.unionId },
		knowledgeBase: { __rl: true, mode: 'id', value: seed.teamHandbook.workspaceId },
		parent: { __rl: true, mode: 'id', value: seed.folders.empty.dentryUuid },
		inputDataFieldName: 'data',
		options: options as INodeParameters,
	};
}
