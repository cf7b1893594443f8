import type { LocalPds } from '../services/pds';
import type { CredentialFile, WorkflowFile } from '../n8n/real-n8n';

export const WORKFLOW = { id: 'browserTest', name: 'Report to the Knowledge Base' };

export const PDS_WORKFLOW = { id: 'browserTestPds', name: 'Report to PDS' };

/** The file that the workflows get: a sample of the local DingTalk. */
export const SAMPLE = 'sample-report.docx';

/** The node that has the file on its output. */
export const SOURCE_NODE = 'Get Report';

/** The PDS node as it is dropped on the canvas, and one from before drive and folder had lists. */
export const PDS_NODES = { dropped: 'Upload to PDS', older: 'Upload as Before' };

const PDS_CREDENTIAL = { id: 'browserTestPds', name: 'Alibaba Cloud PDS account' };

type WorkflowNode = WorkflowFile['nodes'][number];

/** What the test starts from: a manual trigger and a node that gives a file. */
export function startWorkflow(apiUrl: string): WorkflowFile {
	return workflowOf(WORKFLOW, sourceNodes(apiUrl), [['Start', [SOURCE_NODE]]]);
}

/** The same with two nodes of PDS behind it. */
export function pdsWorkflow(apiUrl: string): WorkflowFile {
	const upload = { resource: 'file', operation: 'upload' };
	const nodes = [
		...sourceNodes(apiUrl),
		pdsNode(PDS_NODES.dropped, 0, upload),
		pdsNode(PDS_NODES.older, 192, { ...upload, driveId: '1', parentFileId: 'root' }),
	];
	return workflowOf(PDS_WORKFLOW, nodes, [
		['Start', [SOURCE_NODE]],
		[SOURCE_NODE, Object.values(PDS_NODES)],
	]);
}

export function pdsCredential({ apiUrl, seed }: LocalPds): CredentialFile {
	const { domainId, accessToken } = seed;
	const data = { domainId, apiBaseUrl: apiUrl, authType: 'accessToken', accessToken };
	return { ...PDS_CREDENTIAL, type: 'alibabaCloudPdsApi', data };
}

function workflowOf(
	about: typeof WORKFLOW,
	nodes: WorkflowNode[],
	links: Array<[from: string, to: string[]]>,
): WorkflowFile {
	const connections = links.map(([from, to]) => {
		return [from, { main: [to.map((node) => ({ node, type: 'main', index: 0 }))] }];
	});
	const settings = { executionOrder: 'v1' };
	return { ...about, nodes, connections: Object.fromEntries(connections), settings };
}

function sourceNodes(apiUrl: string): WorkflowNode[] {
	const response = { response: { responseFormat: 'file' } };
	return [
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
	];
}

function pdsNode(name: string, y: number, parameters: Record<string, unknown>): WorkflowNode {
	return {
		id: name,
		name,
		type: 'n8n-nodes-dingtalk-knowledge-base.alibabaCloudPds',
		typeVersion: 1,
		position: [448, y],
		parameters,
		credentials: { alibabaCloudPdsApi: PDS_CREDENTIAL },
	};
}
