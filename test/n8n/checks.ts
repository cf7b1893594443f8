import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { SAMPLES, type LocalDingTalk } from '../services/dingtalk';
import type { LocalPds } from '../services/pds';
import { checkAgent } from './agent';
import type { LocalModel } from './model';
import type { Execution, RealN8n, RunItem, WorkflowFile } from './real-n8n';
import { NODE_TYPE } from './workflows';

/** What the workflows ran in and called. */
export interface Surroundings {
	n8n: RealN8n;
	dingTalk: LocalDingTalk;
	model: LocalModel;
	pds: LocalPds;
}

/** Looks at what a workflow gave out and what the services saw; throws when they disagree. */
export type Check = (execution: Execution, around: Surroundings) => void | Promise<void>;

const ATTACHMENTS = ['sample-note.txt', 'sample-photo.png', 'sample-report.docx'];

const threeAttachments: Check = (execution, { dingTalk }) => {
	const items = execution.items('Upload File');
	assert.deepEqual(
		items.map(({ json }) => json.name),
		ATTACHMENTS,
	);
	items.forEach(({ json, pairedItem }, index) => {
		// In combined mode the fields are in the item's JSON, under `_files`.
		assert.match(json.upload.sourceField, new RegExp(`^(_files\\.)?attachment_${index}$`));
		assertStored(dingTalk, json.uuid, json.name);
		assert.deepEqual(pairedItem, { item: 0 });
	});
};

/** The checks of the workflows in `workflows/`, by workflow id. */
export const CHECKS: Record<string, Check> = {
	'mail-attachments': threeAttachments,
	'mail-attachments-combined': threeAttachments,

	'three-steps': (execution, { dingTalk }) => {
		const [{ json }] = execution.items('Commit File');
		assert.equal(json.name, 'sample-report.docx');
		assertStored(dingTalk, json.uuid, 'sample-report.docx');
		assert.deepEqual(
			dingTalk.callsOf('ossPut').map(({ status }) => status),
			[200],
		);
	},

	'document-resource': (execution, { dingTalk }) => {
		const [{ json }] = execution.items('Upload Doc Resource');
		const stored = dingTalk.resources().find(({ resourceId }) => resourceId === json.resourceId);
		assert.ok(stored, `the service has no resource ${json.resourceId}`);
		assert.equal(stored.sha256, sampleHash('sample-photo.png'));
		assert.equal(stored.mediaType, 'image/png');
	},

	'error-output': (execution, { dingTalk }) => {
		const stored = execution.items('Stored').map(({ json }) => json.uuid);
		assert.deepEqual(
			stored,
			dingTalk.files().map(({ uuid }) => uuid),
		);
		assert.equal(stored.length, 1);
		const [failed, ...more] = execution.items('Failed');
		assert.deepEqual(more, []);
		const { message, fileName, code, requestId } = failed.json.error;
		assert.equal(message, 'The parent folder does not exist');
		assert.deepEqual([fileName, code], ['sample-note.txt', 'spaceNotExist']);
		assert.match(requestId, /^[0-9A-F-]{36}$/);
	},

	'ai-agent': (execution, { dingTalk, model }) => checkAgent(execution, dingTalk, model),

	'pds-upload': (execution, { pds }) => {
		const [{ json }] = execution.items('Upload to PDS');
		assert.equal(json.name, 'sample-report.docx');
		const hash = createHash('sha1').update(SAMPLES['sample-report.docx'].bytes()).digest('hex');
		assert.deepEqual(
			pds.files().map(({ name, sha1 }) => [name, sha1.toLowerCase()]),
			[['sample-report.docx', hash]],
		);
	},

	'http-request': (execution, { dingTalk }) => {
		const [{ json }] = execution.items('List Knowledge Bases');
		assert.ok(
			JSON.stringify(json.workspaces).includes(dingTalk.seed.teamHandbook.workspaceId),
			'the Team Handbook is not in the list',
		);
	},
};

/**
 * For an example: each file that went into a DingTalk node is stored with the same bytes, and
 * nothing else is.
 */
export function exampleCheck(example: WorkflowFile): Check {
	return async (execution, { dingTalk, n8n }) => {
		const uploads = example.nodes.filter(({ type }) => type === NODE_TYPE);
		let count = 0;
		for (const { name } of uploads) {
			const inputs = sourcesOf(example, name)
				.flatMap((source) => execution.items(source))
				.flatMap(({ binary }) => Object.values(binary ?? {}));
			const given = await Promise.all(
				inputs.map(async (binary) => hash(await n8n.bytesOf(binary))),
			);
			const stored = execution.items(name).map(({ json }) => storedHash(dingTalk, json));
			assert.deepEqual(stored, given, `what ${name} stored is not what it was given`);
			count += given.length;
		}
		assert.ok(count > 0, 'nothing was uploaded');
		assert.equal(dingTalk.files().length + dingTalk.resources().length, count);
	};
}

/** The nodes whose main output goes into a node. */
function sourcesOf({ connections }: WorkflowFile, target: string): string[] {
	return Object.entries(connections)
		.filter(([, { main }]) => main?.flat().some((connection) => connection?.node === target))
		.map(([source]) => source);
}

function storedHash(service: LocalDingTalk, { uuid, resourceId }: RunItem['json']): string {
	const stored = resourceId
		? service.resources().find((resource) => resource.resourceId === resourceId)
		: service.files().find((file) => file.uuid === uuid);
	assert.ok(stored, `the service has no ${resourceId ? 'resource' : 'file'} ${resourceId ?? uuid}`);
	return stored.sha256;
}

function assertStored(service: LocalDingTalk, uuid: string, sample: string): void {
	const stored = service.files().find((file) => file.uuid === uuid);
	assert.ok(stored, `the service has no file ${uuid}`);
	assert.equal(stored.size, SAMPLES[sample].bytes().length);
	assert.equal(stored.sha256, sampleHash(sample), `${sample} is stored with other bytes`);
}

function sampleHash(sample: string): string {
	return hash(SAMPLES[sample].bytes());
}

function hash(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
