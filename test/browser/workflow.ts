import type { WorkflowFile } from '../n8n/real-n8n';

export const WORKFLOW = { id: 'browserTest', name: 'Report to the Knowledge Base' };

/** The file that the workflow gets: a sample of the local service. */
export const SAMPLE = 'sample-report.docx';

/** The node that has the file on its output. */
export const SOURCE_NODE = 'Get Report';

/** What the test starts from: a manual trigger and a node that gives a file. */
export function startWorkflow(apiUrl: string): WorkflowFile {
	const response = { response: { responseFormat: 'file' } };
	return {
		...WORKFLOW,
		nodes: [
			{
				id: '11111111-1111-4111-8111-111111111111',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '22222222-2222-4222-8222-222222222222',
				name: SOURCE_NODE,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [224, 0],
				parameters: { url: `${apiUrl}/_local/files/${SAMPLE}`, options: { response } },
			},
		],
		connections: { Start: { main: [[{ node: SOURCE_NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
