import type { WorkflowFile } from '../real-n8n';
import { NODE_TYPE } from '../workflows';

/** A way to treat names that are taken: one workflow each. */
export interface Kind {
	id: string;
	/** As the editor shows it. */
	label: string;
	strategy: string;
	/** Set to On Error → Continue. */
	goesOn?: boolean;
}

export const KINDS: Kind[] = [
	{ id: 'rename', label: 'Rename', strategy: 'AUTO_RENAME' },
	{ id: 'overwrite', label: 'Overwrite', strategy: 'OVERWRITE' },
	{ id: 'keep', label: 'Keep the Existing File', strategy: 'RETURN_DENTRY_IF_EXISTS' },
	{ id: 'fail', label: 'Fail', strategy: 'RETURN_ERROR_IF_EXISTS' },
	{
		id: 'fail-go-on',
		label: 'Fail, On Error → Continue',
		strategy: 'RETURN_ERROR_IF_EXISTS',
		goesOn: true,
	},
];

/** The name of the app property that says which execution committed a file. */
export const EXECUTION_PROPERTY = 'execution';

/** Webhook → Upload File, for one kind. */
export function workflowOf(
	{ id, label, strategy, goesOn }: Kind,
	{ parent, credential }: { parent: string; credential: { id: string; name: string } },
): Omit<WorkflowFile, 'id'> {
	const property = {
		name: EXECUTION_PROPERTY,
		value: '={{ $execution.id }}',
		visibility: 'PRIVATE',
	};
	return {
		name: `Mails in: ${label}`,
		nodes: [
			{
				id: `${id}-mail`,
				name: 'Mail',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: `mail-${id}`,
				parameters: {
					httpMethod: 'POST',
					path: id,
					responseMode: 'lastNode',
					responseData: 'allEntries',
					options: {},
				},
			},
			{
				id: `${id}-upload`,
				name: 'Upload File',
				type: NODE_TYPE,
				typeVersion: 1,
				position: [220, 0],
				...(goesOn && { onError: 'continueRegularOutput' }),
				parameters: {
					resource: 'file',
					operation: 'upload',
					parent: { __rl: true, mode: 'id', value: parent },
					inputDataFieldName: 'attachment_*',
					options: { conflictStrategy: strategy, appProperties: { property: [property] } },
				},
				credentials: { dingTalkApi: credential },
			},
		],
		connections: { Mail: { main: [[{ node: 'Upload File', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
