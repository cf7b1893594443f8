import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { SAMPLES, type LocalDingTalk } from '../local-dingtalk';
import type { Execution, WorkflowFile } from './real-n8n';
import { NODE_TYPE } from './workflows';

/** Looks at what a workflow gave out and what the service stored; throws when they disagree. */
export type Check = (execution: Execution, service: LocalDingTalk) => void;

const ATTACHMENTS = ['sample-note.txt', 'sample-photo.png', 'sample-report.docx'];

const threeAttachments: Check = (execution, service) => {
	const items = execution.items('Upload File');
	assert.deepEqual(items.map(({ json }) => json.name), ATTACHMENTS);
	items.forEach(({ json, pairedItem }, index) => {
		// In combined mode the fields are in the item's JSON, under `_files`.
		assert.match(json.upload.sourceField, new RegExp(`^(_files\\.)?attachment_${index}$`));
		assertStored(service, json.uuid, json.name);
		assert.deepEqual(pairedItem, { item: 0 });
	});
};

/** The checks of the workflows in `workflows/`, by workflow id. */
export const CHECKS: Record<string, Check> = {
	'mail-attachments': threeAttachments,
	'mail-attachments-combined': threeAttachments,

	'three-steps': (execution, service) => {
		const [{ json }] = execution.items('Commit File');
		assert.equal(json.name, 'sample-report.docx');
		assertStored(service, json.uuid, 'sample-report.docx');
		assert.deepEqual(
			service.callsOf('ossPut').map(({ status }) => status),
			[200],
		);
	},

	'document-resource': (execution, service) => {
		const [{ json }] = execution.items('Upload Doc Resource');
		const stored = service.resources().find(({ resourceId }) => resourceId === json.resourceId);
		assert.ok(stored, `the service has no resource ${json.resourceId}`);
		assert.equal(stored.sha256, sampleHash('sample-photo.png'));
		assert.equal(stored.mediaType, 'image/png');
	},

	'http-request': (execution, service) => {
		const [{ json }] = execution.items('List Knowledge Bases');
		assert.ok(
			JSON.stringify(json.workspaces).includes(service.seed.teamHandbook.workspaceId),
			'the Team Handbook is not in the list',
		);
	},
};

/** For an example: everything its DingTalk nodes say they uploaded is there, in its full length. */
export function exampleCheck(example: WorkflowFile): Check {
	return (execution, service) => {
		const uploaded = example.nodes
			.filter(({ type }) => type === NODE_TYPE)
			.flatMap(({ name }) => execution.items(name))
			.map(({ json }) => json);
		const files = uploaded.filter(({ uuid }) => uuid);
		const resources = uploaded.filter(({ resourceId }) => resourceId);
		assert.ok(files.length + resources.length > 0, 'nothing was uploaded');
		for (const { uuid, upload, size } of files) {
			const stored = service.files().find((file) => file.uuid === uuid);
			assert.ok(stored, `the service has no file ${uuid}`);
			assert.equal(stored.size, upload?.bytes ?? size);
		}
		for (const { resourceId, size } of resources) {
			const stored = service.resources().find((resource) => resource.resourceId === resourceId);
			assert.ok(stored, `the service has no resource ${resourceId}`);
			assert.equal(stored.size, size);
		}
	};
}

function assertStored(service: LocalDingTalk, uuid: string, sample: string): void {
	const stored = service.files().find((file) => file.uuid === uuid);
	assert.ok(stored, `the service has no file ${uuid}`);
	assert.equal(stored.size, SAMPLES[sample].bytes().length);
	assert.equal(stored.sha256, sampleHash(sample), `${sample} is stored with other bytes`);
}

function sampleHash(sample: string): string {
	return createHash('sha256').update(SAMPLES[sample].bytes()).digest('hex');
}
