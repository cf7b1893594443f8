import assert from 'node:assert/strict';

import type { Step } from './steps';
import { until } from './until';
import { SAMPLE } from './workflow';

const FOLDERS = [
	'Team Handbook (Root)',
	'Invoices',
	'合同 2026',
	'Empty',
	'Invoices / 2025',
	'Invoices / 2026',
	'Invoices / 2026 / March',
];

export const pickerSteps: Step[] = [
	[
		'The folder list without a knowledge base says what is missing',
		async ({ parent }) => {
			await parent.open();
			assert.match(await parent.error(), /knowledge base/i);
			await parent.close();
		},
	],

	[
		'The knowledge base list: all pages, the own documents first',
		async ({ knowledgeBase, service, shoot }) => {
			await knowledgeBase.open();
			const expected = service.seed.knowledgeBases.map(({ name }) => name);
			await until(async () => {
				await knowledgeBase.scrollToEnd();
				const [mine, ...others] = await knowledgeBase.names();
				assert.match(mine, /^My Documents/);
				assert.deepEqual(others, expected);
			});
			await knowledgeBase.scrollToStart();
			await shoot('knowledge-bases');
		},
	],

	[
		'Type to search a knowledge base, and choose it',
		async ({ knowledgeBase, service }) => {
			const { name } = service.seed.manyFolders;
			await knowledgeBase.search('archive');
			await until(async () => assert.deepEqual(await knowledgeBase.names(), [name]));
			await knowledgeBase.pick(name);
			assert.equal(await knowledgeBase.shown(), name);
		},
	],

	[
		'The folder list: scrolling loads the next page',
		async ({ parent }) => {
			await parent.open();
			await parent.entries.first().waitFor();
			const atFirst = await parent.entries.count();
			assert.ok(atFirst < 121, `${atFirst} folders without scrolling`);
			await until(async () => {
				await parent.scrollToEnd();
				assert.equal(await parent.entries.count(), 121);
			});
			const names = await parent.names();
			assert.equal(new Set(names).size, 121, 'a folder is listed twice');
			await parent.pick('Folder 120');
			assert.equal(await parent.shown(), 'Folder 120');
		},
	],

	[
		'Another knowledge base: the folder of the first is gone',
		async ({ knowledgeBase, parent, service }) => {
			await knowledgeBase.open();
			await knowledgeBase.search('HANDBOOK');
			await knowledgeBase.pick(service.seed.teamHandbook.name);
			await until(async () => assert.equal(await parent.shown(), ''));
		},
	],

	[
		'The folder list shows paths; choose one',
		async ({ editor, parent, shoot }) => {
			await parent.open();
			await until(async () => assert.deepEqual(await parent.names(), FOLDERS));
			await shoot('folders');
			await parent.search('2026');
			await until(async () => {
				assert.deepEqual(
					await parent.names(),
					FOLDERS.filter((path) => path.includes('2026')),
				);
			});
			await parent.pick('Invoices / 2026');
			assert.equal(await parent.shown(), 'Invoices / 2026');
			await editor.get('execute-previous-node').click();
			await editor.get('ndv-input-panel').getByText(SAMPLE, { exact: true }).waitFor();
			await shoot('upload-file');
		},
	],
];
