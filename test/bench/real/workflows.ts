import type { IDataObject } from 'n8n-workflow';

import { dingTalkCredential } from '../../measure/credentials';
import type { WorkflowFile } from '../../n8n/real-n8n';
import type { Service } from '../service';
import {
	httpNodes,
	link,
	merge,
	node,
	reader,
	to,
	uploadNode,
	workflowOf,
	type HttpFlowOptions,
} from './nodes';

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

const CREDENTIAL = { id: 'benchDingTalk001', name: 'Bench' };

/** The credential that n8n stores for the service. */
export function credentialFor(service: Service) {
	return { ...CREDENTIAL, type: 'dingTalkApi', data: dingTalkCredential(service) };
}

/** Options of HTTP Request that keep it from holding the whole body. */
export const NO_REDIRECTS = { redirect: { redirect: { followRedirects: false } } };

/** Our node after the files: nothing else is needed. */
export function ourFlow(
	service: Service,
	id: string,
	pattern: string,
	options: IDataObject = {},
): Flow {
	const nodes = [START, reader(pattern), uploadNode(service, CREDENTIAL, options)];
	const connections = { Start: to('Read'), Read: to('Upload') };
	return {
		...{ id, pattern, first: 'Upload', last: 'Upload' },
		workflow: workflowOf(id, nodes, connections),
	};
}

/** What people build today: HTTP Request nodes for the token, the upload info, the PUT and the commit. */
export function httpFlow(
	service: Service,
	id: string,
	pattern: string,
	options?: HttpFlowOptions,
): Flow {
	const { token, info, put, commit } = httpNodes(service, options);
	const nodes = [START, token, reader(pattern), info, merge(), put, commit];
	const connections = {
		Start: to('Token'),
		Token: to('Read'),
		Read: { main: [[link('Info'), link('Merge')]] },
		Info: { main: [[link('Merge', 1)]] },
		Merge: to('Put'),
		Put: to('Commit'),
	};
	return {
		...{ id, pattern, first: 'Info', last: 'Commit' },
		workflow: workflowOf(id, nodes, connections),
	};
}

const START = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
