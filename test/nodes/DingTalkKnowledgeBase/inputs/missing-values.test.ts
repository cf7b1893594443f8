import { describe, expect, it } from 'vitest';

import { readFolderPath } from '../../../../nodes/DingTalkKnowledgeBase/inputs/folder-path';
import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { empty } = SEED.folders;

describe('a value that an expression gives for no item', () => {
	it.each([
		['in the middle of a folder path', '=Clients/{{ $json.client }}/2026'],
		['at the end of one', '=Clients/{{ $json.client }}'],
		['at its beginning', '={{ $json.client }}/2026'],
		['as the whole of it', '={{ $json.client }}'],
		['as a word in it', '={{ "Clients/" + $json.client }}'],
	])('%s is an error, not another folder', async (_, folderPath) => {
		const input = [
			await rig.item({ data: 'x' }, { client: 'Acme' }),
			await rig.item({ data: 'y' }, {}),
		];
		const { shown } = await rig.run(uploadOf({ folderPath }), { input });
		expect(shown.message).toMatch(/^A name is missing in the folder path/);
		expect(shown.description).toMatch(/Correct the expression/);
		expect(shown.itemIndex).toBe(1);
		expect(rig.service.calls).toEqual([]);
	});

	it.each([
		['', '=Clients/{{ $json.client ?? "" }}'],
		['/', '={{ $json.client ?? "/" }}'],
	])('may be %j where the parent folder itself is meant', async (given, folderPath) => {
		const input = [await rig.item({ data: 'x' }, {})];
		const { error } = await rig.run(uploadOf({ folderPath }), { input });
		expect(error === undefined).toBe(given === '/');
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(given === '/' ? 1 : 0);
	});

	it('as the parent folder is an error, not the root of the knowledge base', async () => {
		const knowledgeBase = locator('id', SEED.teamHandbook.workspaceId);
		for (const parent of [locator('id', '={{ $json.folder }}'), '={{ $json.folder }}']) {
			const input = [await rig.item({ data: 'x' }, {})];
			const { shown } = await rig.run(uploadOf({}, { knowledgeBase, parent }), { input });
			expect(shown.message).toBe('The expression in "Parent Folder" is empty for this item');
			expect(rig.service.calls).toEqual([]);
		}
	});

	it.each([
		['userId', '={{ $json.who }}'],
		['mobile', '={{ $json.who ?? "" }}'],
		['unionId', '={{ $json.who }}'],
	])('as the operator (%s) is an error, not the one of the credential', async (mode, value) => {
		const operator = locator(mode, value);
		const input = [await rig.item({ data: 'x' }, {})];
		const { shown } = await rig.run(uploadOf({}, { operator }), { input });
		expect(shown.message).toBe('The expression in "Operator" is empty for this item');
		expect(rig.service.calls).toEqual([]);
	});

	it('is no matter where a user left the field empty', async () => {
		const knowledgeBase = locator('id', SEED.teamHandbook.workspaceId);
		const parameters = uploadOf({ folderPath: '' }, { knowledgeBase, parent: locator('list', '') });
		const { error } = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
		expect(error).toBeUndefined();
		expect(rig.service.files(SEED.teamHandbook.rootDentryUuid)).toHaveLength(1);
	});
});

describe('slashes in a folder path', () => {
	it.each([
		['//Invoices//2026/', undefined],
		['/Invoices/2026', '/Invoices/{{ $json.year }}'],
		['Invoices/2026/', '{{ $json.path }}/'],
	])('that were entered are no missing names: %s', (path, expression) => {
		expect(readFolderPath(path, expression)).toEqual(['Invoices', '2026']);
	});
});
