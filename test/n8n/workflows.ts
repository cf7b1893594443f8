import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { SAMPLES, type LocalDingTalk } from '../services/dingtalk';
import type { LocalPds } from '../services/pds';
import { projectFolder } from './process';
import type { CredentialFile, WorkflowFile } from './real-n8n';
import { standInForTrigger } from './triggers';

const CREDENTIAL = { id: 'localDingTalk001', name: 'Local DingTalk' };

const PACKAGE = 'n8n-nodes-dingtalk-knowledge-base';

/** The published node that uploads to DingTalk, as a workflow names it. */
export const NODE_TYPE = `${PACKAGE}.dingTalkKnowledgeBase`;

/** Whether the local DingTalk is all that the package's nodes in a workflow need. */
export function needsOnlyDingTalk({ nodes }: WorkflowFile): boolean {
	const own = nodes.filter(({ type }) => type.startsWith(`${PACKAGE}.`));
	return own.every(({ type }) => type === NODE_TYPE || type === `${NODE_TYPE}Tool`);
}

/** The credential for the local service. */
export function localCredential({ apiUrl, seed }: LocalDingTalk): CredentialFile {
	return {
		...CREDENTIAL,
		type: 'dingTalkApi',
		data: {
			region: 'custom',
			apiBaseUrl: apiUrl,
			appType: 'internal',
			appKey: seed.app.appKey,
			appSecret: seed.app.appSecret,
			operatorUnionId: seed.operator.unionId,
		},
	};
}

/** The credential for the local PDS. */
export function pdsCredential({ apiUrl, seed }: LocalPds): CredentialFile {
	const { domainId, accessToken } = seed;
	const data = { domainId, apiBaseUrl: apiUrl, authType: 'accessToken', accessToken };
	return { id: 'localPds00000001', name: 'Local PDS', type: 'alibabaCloudPdsApi', data };
}

/** The workflows of `workflows-pds/`, which fetch their files from the local DingTalk. */
export async function pdsWorkflows(
	{ apiUrl }: LocalDingTalk,
	{ seed }: LocalPds,
): Promise<WorkflowFile[]> {
	return await readFolder(join(__dirname, 'workflows-pds'), (text) =>
		text.replaceAll('__API_URL__', apiUrl).replaceAll('__PDS_DRIVE__', seed.driveId),
	);
}

/** The workflows of `workflows/`, with the ids and addresses of the local service filled in. */
export async function ownWorkflows({ apiUrl, seed }: LocalDingTalk): Promise<WorkflowFile[]> {
	const values: Record<string, string> = {
		API_URL: apiUrl,
		OPERATOR: seed.operator.unionId,
		INVOICES: seed.folders.invoices.dentryUuid,
		EMPTY: seed.folders.empty.dentryUuid,
		MEETING_NOTES: seed.documents.meetingNotes.dentryUuid,
	};
	return await readFolder(join(__dirname, 'workflows'), (text) =>
		text
			.replace(/__BASE64\((.+?)\)__/g, (_, name: string) =>
				SAMPLES[name].bytes().toString('base64'),
			)
			.replace(/__([A-Z_]+?)__/g, (whole, name: string) => values[name] ?? whole),
	);
}

/**
 * The examples of `examples/`, pointed at the local service: its ids for whose and where,
 * its sample files instead of the internet. With `runnable`, a stand-in that n8n can start
 * from the command line takes the place of each trigger.
 */
export async function exampleWorkflows(
	service: LocalDingTalk,
	{ runnable }: { runnable: boolean },
): Promise<WorkflowFile[]> {
	const folder = join(projectFolder, 'examples');
	if (!existsSync(folder)) return [];
	const examples = await readFolder(folder);
	for (const example of examples) {
		for (const node of example.nodes) pointAtLocalService(node, service);
		if (runnable) standInForTrigger(example, service.apiUrl);
	}
	return examples;
}

function pointAtLocalService(
	node: WorkflowFile['nodes'][number],
	{ apiUrl, seed }: LocalDingTalk,
): void {
	const { parameters } = node;
	if (node.credentials?.dingTalkApi || node.type === NODE_TYPE) {
		if (parameters.operation !== 'uploadToOss') {
			node.credentials = { dingTalkApi: CREDENTIAL };
		}
	}
	if (node.type === NODE_TYPE) {
		const byId = (value: string) => ({ __rl: true, mode: 'id', value });
		if ('operator' in parameters) {
			parameters.operator = { __rl: true, mode: 'unionId', value: seed.operator.unionId };
		}
		if ('knowledgeBase' in parameters) {
			parameters.knowledgeBase = byId(seed.teamHandbook.workspaceId);
		}
		if ('parent' in parameters) parameters.parent = byId(seed.folders.invoices.dentryUuid);
		if (isFixed(parameters.document)) {
			parameters.document = byId(seed.documents.meetingNotes.dentryUuid);
		}
	} else if (node.type === 'n8n-nodes-base.httpRequest' && isForeign(parameters.url, apiUrl)) {
		parameters.url = `${apiUrl}/_local/files/sample-report.docx`;
	}
}

/** A place chosen in the node, not one computed from the item. */
function isFixed(locator: unknown): boolean {
	const value = (locator as { value?: unknown } | undefined)?.value;
	return typeof value === 'string' && !value.startsWith('=');
}

function isForeign(url: unknown, apiUrl: string): boolean {
	return typeof url === 'string' && /^=?https?:/.test(url) && !url.includes(apiUrl);
}

async function readFolder(
	folder: string,
	change: (text: string) => string = (text) => text,
): Promise<WorkflowFile[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => {
			const workflow = JSON.parse(change(await readFile(join(folder, name), 'utf8')));
			// n8n wants an id to import to and execute by; a template has none.
			return { ...workflow, id: workflow.id ?? basename(name, '.json') } as WorkflowFile;
		}),
	);
}
