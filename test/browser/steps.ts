import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { SAMPLES } from '../services/dingtalk';
import type { Scene } from './scene';
import { credentialSteps } from './credential-steps';
import { pdsSteps } from './pds-steps';
import { pickerSteps } from './picker-steps';
import { until } from './until';
import { SAMPLE, SOURCE_NODE, WORKFLOW } from './workflow';

/** A step of the test: what is tried, and how. */
export type Step = [name: string, run: (scene: Scene) => Promise<void>];

/** n8n names a new node after its operation. */
const UPLOAD_NODE = 'Upload a file';

const OPERATIONS = [
	'Upload a doc resource',
	'Commit a file',
	'Get upload info',
	'Upload a file',
	'Upload a file to OSS',
];

/** The ID of no folder. */
const UNKNOWN_FOLDER = '20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv';

const openingSteps: Step[] = [
	['Log in', async ({ editor }) => await editor.logIn()],

	[
		'Open a workflow that gets a file',
		async ({ editor }) => {
			await editor.openWorkflow(WORKFLOW.id);
			await editor.nodeOnCanvas(SOURCE_NODE).waitFor();
		},
	],

	[
		'Find the node in the nodes panel, with its icon',
		async ({ editor }) => {
			await editor.searchNodes('dingtalk');
			const entry = editor.entry('DingTalk Knowledge Base');
			await entry.waitFor();
			await until(async () => {
				const width = await entry
					.locator('img')
					.first()
					.evaluate((icon) => (icon as unknown as { naturalWidth: number }).naturalWidth);
				assert.ok(width > 0, 'the icon is not shown');
			});
		},
	],

	[
		'See all operations',
		async ({ editor, shoot }) => {
			await editor.entry('DingTalk Knowledge Base').click();
			for (const operation of OPERATIONS) await editor.entry(operation).waitFor();
			await shoot('operations');
		},
	],

	[
		'Add the node with Upload File',
		async ({ editor }) => {
			await editor.entry(UPLOAD_NODE).click();
			await editor.get('node-parameters').waitFor();
			const chosen = await editor.get('parameter-input-operation').locator('input').inputValue();
			assert.equal(chosen, 'Upload File');
		},
	],
];

const runningSteps: Step[] = [
	[
		'Run the workflow by the button: all nodes are green',
		async ({ editor, shoot }) => {
			await editor.closeNode();
			await editor.get('execute-workflow-button').click();
			for (const name of ['Start', SOURCE_NODE, UPLOAD_NODE]) {
				await editor.nodeOnCanvas(name).getByTestId('canvas-node-status-success').waitFor();
			}
			await until(async () => {
				const counts = await editor.get('edge-label').allInnerTexts();
				assert.deepEqual(counts, ['1 item', '1 item']);
			});
			await editor.get('zoom-to-fit').click();
			await shoot('workflow-done');
		},
	],

	[
		'The file is in the chosen folder, byte for byte',
		({ service }) => {
			const stored = service.files(service.seed.folders.invoices2026.dentryUuid);
			assert.deepEqual(
				stored.map(({ name }) => name),
				[SAMPLE],
			);
			const sent = SAMPLES[SAMPLE].bytes();
			assert.equal(stored[0].size, sent.length);
			assert.equal(stored[0].sha256, createHash('sha256').update(sent).digest('hex'));
			return Promise.resolve();
		},
	],

	[
		'The node shows the stored file and its link',
		async ({ editor, shoot }) => {
			await editor.openNode(UPLOAD_NODE);
			const output = editor.get('output-panel');
			await output.getByText('JSON', { exact: true }).click();
			await output.getByText('webUrl').first().waitFor();
			const text = await output.innerText();
			assert.ok(text.includes(SAMPLE), text);
			assert.match(text, /alidocs\.dingtalk\.(com|io)\/i\/nodes\/\w{32}/);
			await shoot('node-output');
		},
	],

	[
		'An unknown folder: title and advice in the error panel',
		async ({ editor, parent, shoot }) => {
			await parent.setId(UNKNOWN_FOLDER);
			await editor.get('node-execute-button').click();
			const title = await editor.get('node-error-message').innerText();
			assert.equal(title, 'The parent folder does not exist');
			const advice = await editor.get('node-error-description').innerText();
			assert.match(advice, /Choose the folder again/);
			assert.match(advice, /spaceNotExist, request id [\w-]+/);
			await shoot('error');
		},
	],
];

/** The whole test, in order; each step starts where the one before ended. */
export const STEPS: Step[] = [
	...openingSteps,
	...credentialSteps,
	...pickerSteps,
	...runningSteps,
	...pdsSteps,
];
