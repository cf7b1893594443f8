import { describe, expect, it } from 'vitest';

import { SEED, type RecordedCall } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { teamHandbook, manyFolders, folders, documents, files } = SEED;
const { invoices, empty } = folders;
const { welcome } = files;

const list = (parameters = {}) => ({ resource: 'file', operation: 'getAll', ...parameters });
const inFolder = (folder: { dentryUuid: string }, more = {}) =>
	list({ parent: locator('id', folder.dentryUuid), ...more });
const inHandbook = (more = {}) =>
	list({ knowledgeBase: locator('id', teamHandbook.workspaceId), ...more });
const inArchive = (more = {}) =>
	list({ knowledgeBase: locator('id', manyFolders.workspaceId), ...more });

const namesOf = (json: Array<Record<string, unknown>>) => json.map(({ name }) => name);
const pages = (): RecordedCall[] =>
	rig.service.callsOf('listDentries').filter(({ code }) => code !== 'InvalidAuthentication');
const sizes = () => pages().map(({ query }) => query.maxResults);

/** What is in the folders of the handbook, by name, level by level. */
const ROOT = ['Budget.axls', 'Empty', 'Invoices', 'Meeting Notes.adoc', 'welcome.txt', '合同 2026'];
const BELOW = ['2025', '2026', 'March'];

describe('Get Many Files', () => {
	it('gives what is at the root of a knowledge base by name, each with its link', async () => {
		const run = await rig.run(inHandbook());
		expect(run.error).toBeUndefined();
		expect(namesOf(run.json)).toEqual(ROOT);
		expect(run.json[4]).toMatchObject({
			...{ uuid: welcome.dentryUuid, id: welcome.dentryId, spaceId: teamHandbook.spaceId },
			...{ size: 12, webUrl: welcome.url },
		});
		expect(rig.callNames()).toEqual(['getWorkspace', 'queryDentryId', 'listDentries']);
	});

	it('takes the link of a folder', async () => {
		const run = await rig.run(list({ parent: locator('url', `${invoices.url}?a=b`) }));
		expect(namesOf(run.json)).toEqual(['2025', '2026']);
		expect(rig.callNames()).toEqual(['queryDentryId', 'listDentries']);
	});

	it('gives no item for an empty folder', async () => {
		const run = await rig.run(inFolder(empty));
		expect([run.error, run.json]).toEqual([undefined, []]);
	});

	it('gives 50 by default, and asks for no more than the limit', async () => {
		const first = await rig.run(inArchive());
		expect(first.json).toHaveLength(50);
		rig.reset();
		const run = await rig.run(inArchive({ limit: 70 }));
		expect(run.json).toHaveLength(70);
		expect(run.json[69].name).toBe('Folder 070');
		expect(sizes()).toEqual(['50', '20']);
		rig.reset();
		expect((await rig.run(inArchive({ limit: 2 }))).json).toHaveLength(2);
		expect(sizes()).toEqual(['2']);
	});

	it('gives all, page by page', async () => {
		const run = await rig.run(inArchive({ returnAll: true, limit: 2 }));
		expect(run.json).toHaveLength(120);
		expect(new Set(namesOf(run.json)).size).toBe(120);
		expect(pages()).toHaveLength(3);
	});

	it.each([0, 1.5, 'many'])('refuses the limit %j', async (limit) => {
		const run = await rig.run(inArchive({ limit: `={{ ${JSON.stringify(limit)} }}` }));
		expect(run.shown.message).toBe(`"${limit}" is not a valid limit`);
		expect(rig.service.calls).toEqual([]);
	});

	it.each([
		['all', ROOT],
		['file', ['welcome.txt']],
		['folder', ['Empty', 'Invoices', '合同 2026']],
		['document', ['Budget.axls', 'Meeting Notes.adoc']],
	])('shows of the type %s only these', async (type, names) => {
		const run = await rig.run(inHandbook({ options: { type } }));
		expect(namesOf(run.json)).toEqual(names);
	});

	it('counts for the limit only what is of the type', async () => {
		const run = await rig.run(inHandbook({ limit: 1, options: { type: 'file' } }));
		expect(namesOf(run.json)).toEqual(['welcome.txt']);
		expect(sizes()).toEqual(['50']);
	});
});

describe('Get Many Files, stopped', () => {
	it('asks for no further page', async () => {
		const stop = new AbortController();
		rig.service.fail({
			call: 'listDentries',
			when: ({ query }) => {
				if (query.nextToken) stop.abort();
				return Boolean(query.nextToken);
			},
			fault: { kind: 'stallAnswer' },
		});
		const run = await rig.run(inArchive({ returnAll: true }), { signal: stop.signal });
		expect(run.status).toBe('canceled');
		expect(pages()).toHaveLength(2);
	});
});

describe('Get Many Files, recursive', () => {
	const recursive = { options: { recursive: true } };

	it('goes level by level', async () => {
		const run = await rig.run(inHandbook({ returnAll: true, ...recursive }));
		expect(namesOf(run.json)).toEqual([...ROOT, ...BELOW]);
		expect(run.json.at(-1)).toMatchObject({ path: '/Invoices/2026/March' });
		// The root and its six folders.
		expect(pages()).toHaveLength(7);
	});

	it('is the same with a type: the folders on the way are gone through', async () => {
		const upload = { resource: 'file', operation: 'upload' };
		const parent = locator('id', folders.invoicesMarch.dentryUuid);
		await rig.run({ ...upload, parent }, { input: [await rig.item({ data: 'x' })] });
		const options = { recursive: true, type: 'file' };
		const run = await rig.run(inHandbook({ limit: 2, options }));
		expect(run.json.map(({ path }) => path)).toEqual([
			...['/welcome.txt', '/Invoices/2026/March/data.txt'],
		]);
	});

	it('stops at the limit, and lists no folder that is not needed', async () => {
		const run = await rig.run(inHandbook({ limit: 7, ...recursive }));
		expect(namesOf(run.json)).toEqual([...ROOT, '2025']);
		// The root, Empty, and Invoices, of which one entry was wanted.
		expect(sizes()).toEqual(['7', '1', '1']);
	});

	it('lists a folder once that turns up inside itself', async () => {
		const change = ({ dentries }: Record<string, unknown>) => ({
			dentries: (dentries as object[]).map((dentry) => ({ ...dentry, id: invoices.dentryId })),
		});
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'listDentries', times: Infinity, fault });
		const run = await rig.run(inFolder(invoices, { returnAll: true, ...recursive }));
		expect(run.error).toBeUndefined();
		expect(pages()).toHaveLength(1);
	});

	it('says in which folder something went wrong', async () => {
		const fault = { kind: 'apiError', status: 403, code: 'permissionDenied' } as const;
		const when = ({ query }: RecordedCall) => query.parentId === folders.invoices2025.dentryId;
		rig.service.fail({ call: 'listDentries', times: Infinity, when, fault });
		const run = await rig.run(inFolder(invoices, { returnAll: true, ...recursive }));
		expect(run.shown.message).toBe('The operator may not see this');
		expect(run.shown.description).toContain('This is about the folder "/Invoices/2025".');
		expect(run.shown.data).toMatchObject({ folderPath: '/Invoices/2025', step: 'listFiles' });
	});
});

describe('Get Many Files after another operation', () => {
	it('takes the folder of the item by default, and its ids', async () => {
		const { spaceId } = teamHandbook;
		const json = { uuid: invoices.dentryUuid, id: invoices.dentryId, spaceId, type: 'FOLDER' };
		const run = await rig.run(list(), { input: [{ json }] });
		expect(namesOf(run.json)).toEqual(['2025', '2026']);
		expect(rig.callNames()).toEqual(['listDentries']);
	});

	it('takes the ids of the item for the folder that it is asked for', async () => {
		const { spaceId } = teamHandbook;
		const json = { uuid: invoices.dentryUuid, id: invoices.dentryId, spaceId };
		const parent = locator('id', '={{ $json.uuid }}');
		const run = await rig.run(list({ parent }), { input: [{ json }] });
		expect(namesOf(run.json)).toEqual(['2025', '2026']);
		expect(rig.callNames()).toEqual(['listDentries']);
		rig.reset();
		const other = await rig.run(inFolder(empty), { input: [{ json }] });
		expect(other.json).toEqual([]);
		expect(rig.callNames()).toEqual(['queryDentryId', 'listDentries']);
	});

	it('takes the knowledge base of the item by default', async () => {
		const base = { resource: 'knowledgeBase', operation: 'get' };
		const knowledgeBase = locator('id', teamHandbook.workspaceId);
		const [json] = (await rig.run({ ...base, knowledgeBase })).json;
		const run = await rig.run(list(), { input: [{ json }] });
		expect(namesOf(run.json)).toEqual(ROOT);
	});

	it('gives items that the next operation takes without a look-up', async () => {
		const { json } = await rig.run(inHandbook({ options: { type: 'file' } }));
		rig.reset();
		const run = await rig.run(
			{ resource: 'file', operation: 'get' },
			{ input: [{ json: json[0] }] },
		);
		expect(run.json).toMatchObject([{ uuid: welcome.dentryUuid }]);
		expect(rig.callNames()).toEqual(['getDentry']);
	});

	it('lists for each item, in their order, and goes on after a failed one', async () => {
		const input = [empty, invoices, documents.budget, invoices].map(({ dentryUuid }) => ({
			json: { folder: dentryUuid },
		}));
		const run = await rig.run(list({ parent: locator('id', '={{ $json.folder }}') }), {
			input,
			node: { onError: 'continueRegularOutput' },
		});
		expect(namesOf(run.json)).toEqual(['2025', '2026', undefined, '2025', '2026']);
		expect(run.json[2]).toHaveProperty('error.code', 'paramError');
		expect(run.items('DingTalk').map(({ pairedItem }) => pairedItem)).toEqual(
			[1, 1, 2, 3, 3].map((item) => ({ item })),
		);
	});
});

describe('Get Many Files, when the service fails', () => {
	it('makes a call again whose answer is lost', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'listDentries', fault });
		expect((await rig.run(inFolder(invoices))).json).toHaveLength(2);
	});

	it.each<[string, number, RegExp]>([
		['permissionDenied', 403, /may not see this/],
		['spaceNotExist', 404, /does not exist/],
		['dentryNotExist', 404, /does not exist/],
		['paramError', 400, /rejected a parameter/],
	])('says what %s means', async (code, status, title) => {
		const fault = { kind: 'apiError', status, code } as const;
		rig.service.fail({ call: 'listDentries', times: Infinity, fault });
		const run = await rig.run(inFolder(invoices));
		expect(run.shown.message).toMatch(title);
		expect(run.shown.data).toMatchObject({ code, step: 'listFiles' });
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const json = { uuid: invoices.dentryUuid, id: '1', spaceId: '2', type: 'FOLDER' };
		const run = await rig.run(list(), {
			input: [{ json }],
			credential: { appKey, appSecret },
		});
		expect(run.shown.description).toContain('Storage.File.Read');
	});

	it.each<[string, (answer: Record<string, unknown>) => Record<string, unknown>]>([
		['lacks the list', () => ({})],
		['is about another space', ({ dentries }) => withEach(dentries, { spaceId: '999' })],
		['lacks a uuid', ({ dentries }) => withEach(dentries, { uuid: '' })],
	])('takes no answer that %s', async (_, change) => {
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'listDentries', times: Infinity, fault });
		const run = await rig.run(inFolder(invoices));
		expect(run.shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER' });
	});

	it('does not go in circles with a page that a cache repeats', async () => {
		let first: Record<string, unknown> | undefined;
		const change = (answer: Record<string, unknown>) => (first ??= answer);
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'listDentries', times: Infinity, fault });
		const run = await rig.run(inArchive({ returnAll: true }));
		expect(run.shown.message).toBe('The list from DingTalk repeats itself');
		expect(run.shown.data).toMatchObject({ code: 'LIST_REPEATS', step: 'listFiles' });
		expect(pages()).toHaveLength(2);
	});
});

function withEach(dentries: unknown, more: object) {
	return { dentries: (dentries as object[]).map((dentry) => ({ ...dentry, ...more })) };
}
