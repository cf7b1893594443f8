import type { IDataObject } from 'n8n-workflow';

import type { SEED } from '../../services/dingtalk';
import type { WorkflowFile } from '../../n8n/real-n8n';
import { NODE, nodeParameters } from '../node-parameters';
import type { Service } from '../service';

/** A workflow of real n8n nodes that reads files from the disk and uploads them. */
export interface Flow {
	id: string;
	/** Files to read, as a pattern. */
	pattern: string;
	/** Name of the first node after the reading, and of the last one. */
	first: string;
	last: string;
	workflow: WorkflowFile;
}

type WorkflowNode = WorkflowFile['nodes'][number];

const CREDENTIAL = { dingTalkApi: { id: 'benchDingTalk001', name: 'Bench' } };

export function credentialFor({ apiUrl, seed }: Service) {
	const { appKey, appSecret } = seed.app;
	return {
		...CREDENTIAL.dingTalkApi,
		type: 'dingTalkApi',
		data: {
			region: 'custom',
			apiBaseUrl: apiUrl,
			appType: 'internal',
			appKey,
			appSecret,
			operatorUnionId: seed.operator.unionId,
		},
	};
}

/** Our node after the files: nothing else is needed. */
export function ourFlow(
	{ seed }: Service,
	id: string,
	pattern: string,
	options: IDataObject = {},
): Flow {
	const upload = node('Upload', NODE, 1, nodeParameters(seed, options) as Record<string, unknown>);
	const nodes = [START, reader(pattern), { ...upload, credentials: CREDENTIAL }];
	const connections = { Start: to('Read'), Read: to('Upload') };
	return {
		id,
		pattern,
		first: 'Upload',
		last: 'Upload',
		workflow: workflowOf(id, nodes, connections),
	};
}

export interface HttpFlowOptions {
	/** Options of the node that makes the PUT. */
	put?: IDataObject;
	/** Options of all nodes that send one request per file. */
	each?: IDataObject;
}

/**
 * What people build today: HTTP Request nodes for the token, the upload info, the PUT and the
 * commit. The file gets lost in the second and has to be merged back for the third.
 */
export function httpFlow(
	service: Service,
	id: string,
	pattern: string,
	{ put = {}, each = {} }: HttpFlowOptions = {},
): Flow {
	const { seed, apiUrl } = service;
	const nodes = [
		START,
		token(apiUrl, seed),
		reader(pattern),
		call('Info', service, 'uploadInfos/query', { protocol: 'HEADER_SIGNATURE' }, each),
		node('Merge', 'n8n-nodes-base.merge', 3, {
			mode: 'combine',
			combineBy: 'combineByPosition',
			options: {},
		}),
		httpRequest('Put', {
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
		call('Commit', service, 'commit', COMMIT, each),
	];
	const connections = {
		Start: to('Token'),
		Token: to('Read'),
		Read: { main: [[link('Info'), link('Merge')]] },
		Info: { main: [[link('Merge', 1)]] },
		Merge: to('Put'),
		Put: to('Commit'),
	};
	return {
		id,
		pattern,
		first: 'Info',
		last: 'Commit',
		workflow: workflowOf(id, nodes, connections),
	};
}

const START = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

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
	{ apiUrl, seed }: Service,
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

function reader(pattern: string): WorkflowNode {
	return node('Read', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: pattern, options: {} });
}

function httpRequest(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, parameters);
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

const link = (name: string, index = 0) => ({ node: name, type: 'main', index });
const to = (name: string) => ({ main: [[link(name)]] });

function workflowOf(
	id: string,
	nodes: WorkflowNode[],
	connections: WorkflowFile['connections'],
): WorkflowFile {
	return { id, name: id, nodes, connections, settings: { executionOrder: 'v1' } };
}
