import type { IDataObject } from 'n8n-workflow';

import { NODE, nodeParameters } from '../../measure/node-parameters';
import type { WorkflowFile } from '../../n8n/real-n8n';
import type { SEED } from '../../services/dingtalk';
import type { Service } from '../service';

export type WorkflowNode = WorkflowFile['nodes'][number];

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

export const link = (name: string, index = 0) => ({ node: name, type: 'main', index });
export const to = (name: string) => ({ main: [[link(name)]] });

export function workflowOf(
	id: string,
	nodes: WorkflowNode[],
	connections: WorkflowFile['connections'],
): WorkflowFile {
	return { id, name: id, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Read/Write Files from Disk. @param pattern of the paths */
export function reader(pattern: string): WorkflowNode {
	return node('Read', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: pattern, options: {} });
}

/** Gives the file of one side back to the answer of the other. */
export function merge(): WorkflowNode {
	return node('Merge', 'n8n-nodes-base.merge', 3, {
		mode: 'combine',
		combineBy: 'combineByPosition',
		options: {},
	});
}

export function httpRequest(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, parameters);
}

/** Our node. @param credential as n8n has stored it */
export function uploadNode(
	{ seed }: Pick<Service, 'seed'>,
	credential: { id: string; name: string },
	options: IDataObject = {},
): WorkflowNode {
	const upload = node('Upload', NODE, 1, nodeParameters(seed, options) as Record<string, unknown>);
	return { ...upload, credentials: { dingTalkApi: credential } };
}

export interface HttpFlowOptions {
	/** Options of the node that makes the PUT. */
	put?: IDataObject;
	/** Options of all nodes that send one request per file. */
	each?: IDataObject;
}

/** HTTP Request nodes that do the same; the PUT wants the file back, which the second one loses. */
export function httpNodes(
	service: Pick<Service, 'apiUrl' | 'seed'>,
	{ put = {}, each = {} }: HttpFlowOptions = {},
): Record<'token' | 'info' | 'put' | 'commit', WorkflowNode> {
	const { seed, apiUrl } = service;
	return {
		token: token(apiUrl, seed),
		info: call('Info', service, 'uploadInfos/query', { protocol: 'HEADER_SIGNATURE' }, each),
		put: httpRequest('Put', {
			method: 'PUT',
			url: '={{ $json.headerSignatureInfo.resourceUrls[0] }}',
			sendHeaders: true,
			specifyHeaders: 'json',
			// Empty, or the storage refuses the signature; the node would send the file's own type.
			jsonHeaders:
				"={{ JSON.stringify({ ...$json.headerSignatureInfo.headers, 'Content-Type': '' }) }}",
			sendBody: true,
			contentType: 'binaryData',
			inputDataFieldName: 'data',
			options: { ...each, ...put },
		}),
		commit: call('Commit', service, 'commit', COMMIT, each),
	};
}

const COMMIT = {
	uploadKey: "{{ $('Merge').item.json.uploadKey }}",
	name: "{{ $('Merge').item.json.fileName }}",
};

function token(apiUrl: string, { app }: typeof SEED): WorkflowNode {
	const { appKey, appSecret } = app;
	return httpRequest('Token', {
		method: 'POST',
		url: `${apiUrl}/v1.0/oauth2/accessToken`,
		...jsonBody({ appKey, appSecret }),
		options: {},
	});
}

function call(
	name: string,
	{ apiUrl, seed }: Pick<Service, 'apiUrl' | 'seed'>,
	path: string,
	body: object,
	options: IDataObject,
): WorkflowNode {
	const folder = `${apiUrl}/v2.0/storage/spaces/files/${seed.folders.empty.dentryUuid}`;
	return httpRequest(name, {
		method: 'POST',
		url: `${folder}/${path}?unionId=${seed.operator.unionId}`,
		sendHeaders: true,
		specifyHeaders: 'json',
		jsonHeaders:
			"={{ JSON.stringify({ 'x-acs-dingtalk-access-token': $('Token').first().json.accessToken }) }}",
		...jsonBody(body),
		options,
	});
}

function jsonBody(body: object) {
	const text = JSON.stringify(body);
	const jsonBody = text.includes('{{') ? `=${text}` : text;
	return { sendBody: true, specifyBody: 'json', jsonBody };
}
