import type { IDataObject } from 'n8n-workflow';

import { PDS_NODE, pdsParameters } from '../../measure/pds-parameters';
import type { WorkflowFile } from '../../n8n/real-n8n';
import type { PdsService } from '../pds/service';
import type { Service } from '../service';
import {
	httpNodes,
	httpRequest,
	link,
	merge,
	node,
	reader,
	to,
	uploadNode,
	workflowOf,
	type HttpFlowOptions,
	type WorkflowNode,
} from './nodes';

/** A credential as n8n has stored it. */
export interface StoredCredential {
	id: string;
	name: string;
}

/** What all workflows of the server have: where the file is, and whom they ask before the upload. */
export interface Opening {
	file: string;
	gateUrl: string;
}

/** Webhook → file → gate → Upload File. */
export function ourServerFlow(
	path: string,
	opening: Opening,
	service: Service,
	credential: StoredCredential,
): WorkflowFile {
	return flowOf(path, opening, { after: [uploadNode(service, credential)] });
}

/** Webhook → file → gate → Upload File of PDS. */
export function pdsServerFlow(
	path: string,
	opening: Opening,
	{ seed }: PdsService,
	credential: StoredCredential,
): WorkflowFile {
	const upload = node('Upload', PDS_NODE, 1, pdsParameters(seed) as Record<string, unknown>);
	const credentials = { alibabaCloudPdsApi: credential };
	return flowOf(path, opening, { after: [{ ...upload, credentials }] });
}

/** Webhook → token → file → gate → upload info → PUT → commit, all of HTTP Request nodes. */
export function httpServerFlow(
	path: string,
	opening: Opening,
	service: Service,
	options?: HttpFlowOptions,
): WorkflowFile {
	const { token, info, put, commit } = httpNodes(service, options);
	return flowOf(path, opening, { before: [token], beside: [info], after: [put, commit] });
}

/** A webhook that only answers. */
export function answeringFlow(path: string): WorkflowFile {
	return withoutRecords(workflowOf(path, [webhook(path)], {}));
}

interface Parts {
	/** The file is read behind them. */
	before?: WorkflowNode[];
	/** They lose the file, and follow the gate. */
	beside?: WorkflowNode[];
	/** They have the file. */
	after: WorkflowNode[];
}

function flowOf(
	path: string,
	{ file, gateUrl }: Opening,
	{ before = [], beside = [], after }: Parts,
): WorkflowFile {
	const first = [webhook(path), ...before, reader(file)];
	const second = [httpRequest('Gate', { url: gateUrl, options: {} }), ...beside];
	const third = [merge(), ...after];
	const connections = {
		...row(first),
		...row(second),
		...row(third),
		Read: { main: [[link('Gate'), link('Merge')]] },
		[second[second.length - 1].name]: { main: [[link('Merge', 1)]] },
	};
	return withoutRecords(workflowOf(path, [...first, ...second, ...third], connections));
}

function row(nodes: WorkflowNode[]): WorkflowFile['connections'] {
	const pairs = nodes.slice(1).map(({ name }, index) => [nodes[index].name, to(name)] as const);
	return Object.fromEntries(pairs);
}

function webhook(path: string): WorkflowNode {
	const parameters: IDataObject = {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		options: {},
	};
	return { ...node('Webhook', 'n8n-nodes-base.webhook', 2, parameters), webhookId: path };
}

/** What n8n writes down of an execution would be in the times. */
function withoutRecords(workflow: WorkflowFile): WorkflowFile {
	const settings = { ...workflow.settings, saveDataSuccessExecution: 'none' };
	return { ...workflow, settings };
}
