import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../engine';
import { chain } from '../engine/fixtures';
import { NODE, nodeParameters } from '../measure/node-parameters';
import { PDS_NODE, pdsParameters } from '../measure/pds-parameters';
import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';

/** What the soak does with files. */
export type Operation = 'upload' | 'steps' | 'resource' | 'pdsInOrder' | 'pdsParallel';

export interface WorkflowChoice {
	operation: Operation;
	inOneItem: boolean;
	/** Milliseconds without progress. */
	timeout: number;
	/** Beside those that the operation needs. */
	options?: IDataObject;
	/** An id that no folder or document has; the node refuses it without asking. */
	badPlace?: boolean;
	onError?: 'continueRegularOutput';
}

/** Name of the node whose items are the uploads. */
export const LAST = 'Last';

/** The workflow of an operation, from its trigger on. */
export function workflowOf(
	choice: WorkflowChoice,
	seeds: { dingTalk: typeof SEED; pds: typeof PDS_SEED },
): WorkflowJson {
	const { operation, inOneItem, timeout, onError, badPlace } = choice;
	const inputDataFieldName = inOneItem ? 'file_*' : 'data';
	const options = { timeout, ...choice.options };
	const last = (type: string, parameters: INodeParameters) => {
		const place = badPlace ? NO_PLACE : {};
		const all = { ...parameters, inputDataFieldName, ...place };
		return { name: LAST, type, parameters: all as INodeParameters, onError };
	};
	const upload = nodeParameters(seeds.dingTalk, options);
	switch (operation) {
		case 'upload':
			return chain(START, last(NODE, upload));
		case 'steps': {
			const { parent, operator, resource } = upload;
			const step = (name: string, parameters: INodeParameters) => ({
				name,
				type: NODE,
				parameters: { resource, ...parameters } as INodeParameters,
			});
			const info = step('Info', { operation: 'getUploadInfo', parent, operator });
			const put = step('Put', { operation: 'uploadToOss', options: { timeout } });
			const commit = { resource, operation: 'commit', parent, operator };
			return chain(START, info, put, last(NODE, commit as INodeParameters));
		}
		case 'resource': {
			const { operator } = upload;
			const { dentryUuid } = seeds.dingTalk.documents.meetingNotes;
			const document = { __rl: true, mode: 'id', value: dentryUuid };
			const what = { resource: 'document', operation: 'uploadResource', document, operator };
			return chain(START, last(NODE, { ...what, options } as INodeParameters));
		}
		case 'pdsInOrder':
			return chain(START, last(PDS_NODE, pdsParameters(seeds.pds, { ...options, ...IN_ORDER })));
		case 'pdsParallel':
			return chain(START, last(PDS_NODE, pdsParameters(seeds.pds, options)));
	}
}

const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

const IN_ORDER = { maxConcurrency: 1 };

const NO_PLACE = {
	parent: { __rl: true, mode: 'id', value: '4711' },
	document: { __rl: true, mode: 'id', value: 'no document' },
	driveId: ' ',
};
