import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { SAMPLES } from '../services/dingtalk';
import type { Step } from './steps';
import { until } from './until';
import { PDS_NODES, PDS_WORKFLOW, SAMPLE, SOURCE_NODE } from './workflow';

const DRIVES = [
	'My Files (ID 1)',
	'Archive (ID 11)',
	'Closed (disabled, ID 12)',
	'Marketing (team, ID 101)',
	'产品资料 (team, ID 102)',
];

const ROOT = 'Root of the drive';

const FOLDERS = [
	ROOT,
	'Empty',
	'Invoices',
	'合同 2026',
	'Invoices / 2025',
	'Invoices / 2026',
	'Invoices / 2026 / March',
];

/** The PDS node, in a workflow of its own. */
export const pdsSteps: Step[] = [
	[
		'PDS: a node as dropped on the canvas uploads to the root of a drive that is to be chosen',
		async ({ editor, drive, driveFolder }) => {
			await editor.closeNode();
			await editor.openWorkflow(PDS_WORKFLOW.id);
			await editor.openNode(PDS_NODES.dropped);
			assert.equal(await drive.shown(), '');
			assert.equal(await driveFolder.shown(), ROOT);
		},
	],

	[
		'PDS: a drive list that is refused names the permission and the other way',
		async ({ drive, pds }) => {
			const fault = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission' } as const;
			pds.fail({ call: 'listMyDrives', fault });
			await drive.open();
			assert.match(await drive.error(), /DRIVE\.LIST.+choose "By ID"/s);
			await drive.close();
		},
	],

	[
		"PDS: the drive list has the user's own and those of the teams; choose one",
		async ({ drive }) => {
			await drive.open();
			await until(async () => assert.deepEqual(await drive.names(), DRIVES));
			await drive.search('files');
			await until(async () => assert.deepEqual(await drive.names(), DRIVES.slice(0, 1)));
			await drive.pick(DRIVES[0]);
			assert.equal(await drive.shown(), DRIVES[0]);
		},
	],

	[
		'PDS: the folder list shows paths; choose one',
		async ({ editor, driveFolder, shoot }) => {
			await driveFolder.open();
			await until(async () => assert.deepEqual(await driveFolder.names(), FOLDERS));
			await driveFolder.pick('Invoices / 2026');
			assert.equal(await driveFolder.shown(), 'Invoices / 2026');
			await editor.get('execute-previous-node').click();
			await editor.get('ndv-input-panel').getByText(SAMPLE, { exact: true }).waitFor();
			await shoot('pds-upload-file');
			await editor.closeNode();
		},
	],

	[
		'PDS: drive and folder of an older workflow are shown',
		async ({ editor, drive, driveFolder }) => {
			await editor.openNode(PDS_NODES.older);
			assert.equal(await drive.shown(), '1');
			assert.equal(await driveFolder.shown(), 'root');
			await editor.closeNode();
		},
	],

	[
		'PDS: run the workflow; both files are where they belong, byte for byte',
		async ({ editor, pds }) => {
			await editor.get('execute-workflow-button').click();
			for (const name of [SOURCE_NODE, ...Object.values(PDS_NODES)]) {
				await editor.nodeOnCanvas(name).getByTestId('canvas-node-status-success').waitFor();
			}
			const stored = pds.files().map((file) => [file.parentFileId, file.name, file.sha256]);
			const sha256 = createHash('sha256').update(SAMPLES[SAMPLE].bytes()).digest('hex');
			const folders = [pds.seed.folders.invoices2026.fileId, 'root'];
			assert.deepEqual(stored.sort(), folders.map((folder) => [folder, SAMPLE, sha256]).sort());
		},
	],
];
