import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { withoutWaits } from '../../support/haste';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { invoices, invoices2026, invoicesMarch, empty } = SEED.folders;
const { teamHandbook } = SEED;

const create = (parameters = {}) => ({ resource: 'folder', operation: 'create', ...parameters });
const inFolder = (parent: { dentryUuid: string }, folderPath: string) =>
	create({ parent: locator('id', parent.dentryUuid), folderPath });

const made = () => rig.service.callsOf('createFolder').filter(({ status }) => status === 200);
const refuses = { kind: 'apiError', status: 403, code: 'permissionDenied' } as const;

describe('Create Folder', () => {
	it('makes every folder of the path that is missing, and gives the last one with its link', async () => {
		const run = await rig.run(inFolder(empty, 'a/b'));
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ name: 'b', type: 'FOLDER', path: '/Empty/a/b', spaceId: teamHandbook.spaceId },
		]);
		const [{ uuid, id, webUrl }] = run.json;
		expect(webUrl).toBe(`https://alidocs.dingtalk.com/i/nodes/${String(uuid)}`);
		expect(id).toMatch(/^\d+$/);
		expect(rig.callNames()).toEqual(['queryDentryId', 'createFolder', 'createFolder']);
	});

	it('gives a folder that exists as it is', async () => {
		const run = await rig.run(inFolder(invoices, '2026/March'));
		expect(run.json).toMatchObject([{ uuid: invoicesMarch.dentryUuid, name: 'March' }]);
	});

	it('makes it at the root of a knowledge base, which may be given by its link', async () => {
		const knowledgeBase = locator('url', teamHandbook.url);
		const run = await rig.run(create({ knowledgeBase, folderPath: 'Reports' }));
		expect(run.json).toMatchObject([{ path: '/Reports', parentId: '0' }]);
	});

	it('makes a folder once, however many items name it', async () => {
		const input = ['Jan', 'Feb', 'Jan'].map((month) => ({ json: { month } }));
		const folderPath = '=2027/{{ $json.month }}';
		const run = await rig.run(inFolder(empty, folderPath), { input });
		expect(run.json.map(({ path }) => path)).toEqual([
			...['/Empty/2027/Jan', '/Empty/2027/Feb', '/Empty/2027/Jan'],
		]);
		expect(run.json[0].uuid).toBe(run.json[2].uuid);
		expect(made()).toHaveLength(3);
	});

	it('takes by default the folder that the node before it returned, and asks for no ids', async () => {
		const [first] = (await rig.run(inFolder(empty, 'Outer'))).json;
		rig.reset();
		rig.service.fail({ call: 'queryDentryId', times: Infinity, fault: refuses });
		const json = { ...first, uuid: invoices.dentryUuid, id: invoices.dentryId };
		const run = await rig.run(create({ folderPath: 'Inner' }), { input: [{ json }] });
		expect(run.json).toMatchObject([{ path: '/Invoices/Inner' }]);
		expect(rig.callNames()).toEqual(['createFolder']);
	});

	it('takes by default the knowledge base that the node before it returned', async () => {
		const { workspaceId } = teamHandbook;
		const json = { workspaceId, rootNodeId: teamHandbook.rootDentryUuid, type: 'TEAM' };
		const run = await rig.run(create({ folderPath: 'New' }), { input: [{ json }] });
		expect(run.json).toMatchObject([{ path: '/New' }]);
	});

	it.each([
		['a file', { uuid: SEED.files.welcome.dentryUuid, type: 'FILE' }],
		['nothing', {}],
	])('asks for a place where the item is %s', async (_, json) => {
		const run = await rig.run(create({ folderPath: 'New' }), { input: [{ json }] });
		expect(run.shown.message).toBe('No knowledge base is chosen');
		expect(rig.service.calls).toEqual([]);
	});

	it('does not take the place of the item where an expression is empty', async () => {
		const json = { uuid: invoices.dentryUuid, type: 'FOLDER' };
		const empties = [
			{ parent: locator('id', '={{ $json.folder }}') },
			{ knowledgeBase: locator('id', '={{ $json.base }}') },
		];
		for (const place of empties) {
			const run = await rig.run(create({ ...place, folderPath: 'New' }), { input: [{ json }] });
			expect(run.error).toBeDefined();
		}
		expect(rig.service.calls).toEqual([]);
	});

	it('is harmless when answers are lost: the folder is there once', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'createFolder', times: 2, fault });
		const run = await rig.run(inFolder(empty, 'Once'));
		expect(run.json).toMatchObject([{ path: '/Empty/Once' }]);
		const all = await rig.run({
			...{ resource: 'file', operation: 'getAll', returnAll: true },
			parent: locator('id', empty.dentryUuid),
		});
		expect(all.json.map(({ name }) => name)).toEqual(['Once']);
	});

	it('says that it is unknown whether the folder was made when no answer comes at all', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'createFolder', times: Infinity, fault });
		const run = await withoutWaits(async () => await rig.run(inFolder(empty, 'Lost')));
		expect(run.shown.data).toMatchObject({ outcome: 'unknown', folderPath: 'Lost' });
	});

	it('says what the operator may not do, and finds a folder that is there already', async () => {
		rig.service.fail({ call: 'createFolder', times: Infinity, fault: refuses });
		const there = await rig.run(inFolder(invoices, '2026'));
		expect(there.json).toMatchObject([
			{ uuid: invoices2026.dentryUuid, name: '2026', type: 'FOLDER', webUrl: invoices2026.url },
		]);
		const missing = await rig.run(inFolder(invoices, '2099'));
		expect(missing.shown.message).toBe('The operator may not create folders here');
		expect(missing.shown.description).toMatch(/edit rights on the parent folder/);
		expect(missing.shown.data).toMatchObject({ code: 'permissionDenied', step: 'createFolder' });
	});

	it.each<[string, number, RegExp]>([
		['dentryNotExist', 404, /parent folder does not exist/],
		['dentryNameIllegal', 400, /does not accept the folder name/],
		['dentryAlreadyExist', 400, /this name is already in the folder/],
		['paramError', 400, /rejected a parameter/],
	])('says what %s means', async (code, status, title) => {
		rig.service.fail({ call: 'createFolder', fault: { kind: 'apiError', status, code } });
		const run = await rig.run(inFolder(empty, 'New'));
		expect(run.shown.message).toMatch(title);
		expect(run.shown.data).toMatchObject({ code, step: 'createFolder' });
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutWrite;
		const run = await rig.run(inFolder(empty, 'New'), { credential: { appKey, appSecret } });
		expect(run.shown.description).toContain('Storage.File.Write');
	});

	it('says that a file has the name', async () => {
		const run = await rig.run(
			create({ knowledgeBase: locator('id', teamHandbook.workspaceId), folderPath: 'welcome.txt' }),
		);
		expect(run.shown.message).toBe('"welcome.txt" in the folder path is a file, not a folder');
	});

	it('is not misled by an answer about another folder', async () => {
		const change = ({ dentry }: Record<string, unknown>) => ({
			dentry: { ...(dentry as object), name: 'Other' },
		});
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'createFolder', times: Infinity, fault });
		const run = await rig.run(inFolder(empty, 'New'));
		expect(run.shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER' });
	});

	it.each(['/', ' // ', '..', 'a/../b', 'a|b'])('refuses the path "%s"', async (folderPath) => {
		const run = await rig.run(inFolder(empty, folderPath));
		expect(run.shown).toMatchObject({ name: 'NodeOperationError', itemIndex: 0 });
		expect(rig.service.calls).toEqual([]);
	});

	it('goes on with the other items where it is told so', async () => {
		const input = ['a*', 'b'].map((name) => ({ json: { name } }));
		const run = await rig.run(inFolder(empty, '={{ $json.name }}'), {
			input,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.json[0]).toHaveProperty('error.message');
		expect(run.json[1]).toMatchObject({ path: '/Empty/b' });
	});
});
