import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { folders, teamHandbook, documents } = SEED;
const { invoices } = folders;

async function uploadTo(places: Record<string, ReturnType<typeof locator> | string>) {
	const parameters = { resource: 'file', operation: 'upload', ...places };
	const run = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
	const [file] = rig.service.files();
	return { ...run, storedIn: file?.parentUuid };
}

describe('the parent folder', () => {
	const io = invoices.url.replace('.com', '.io');

	it.each([
		['id', locator('id', invoices.dentryUuid)],
		['id with spaces around it', locator('id', ` ${invoices.dentryUuid}\n`)],
		['link', locator('url', invoices.url)],
		['link with query and fragment', locator('url', `${invoices.url}?utm_source=im&a=b#h-1`)],
		['link of the other region', locator('url', io)],
		['choice from the list', locator('list', invoices.dentryUuid)],
		['expression that gives a bare id', `={{ "${invoices.dentryUuid}" }}`],
		['expression that gives a bare link', `={{ "${invoices.url}" }}`],
	])('is found by %s, without any look-up', async (_, parent) => {
		const { error, storedIn } = await uploadTo({ parent });
		expect(error).toBeUndefined();
		expect(storedIn).toBe(invoices.dentryUuid);
		expect(rig.callNames().filter((name) => !/uploadInfo|ossPut|commit/.test(name))).toEqual([]);
	});

	it('is the root of the knowledge base when a link leads to that', async () => {
		const { storedIn } = await uploadTo({ parent: locator('url', teamHandbook.url) });
		expect(storedIn).toBe(teamHandbook.rootDentryUuid);
	});

	it('is asked from the service where the link does not carry its id', async () => {
		const { shortUrl } = documents.budget;
		const { shown } = await uploadTo({ parent: locator('url', shortUrl) });
		// It is a document, so the upload is refused, but the link was resolved.
		expect(shown.data).toMatchObject({ code: 'paramError.parentDentryUuid' });
		const [call] = rig.service.callsOf('queryByUrl').slice(-1);
		expect(call).toMatchObject({
			method: 'POST',
			query: { operatorId: SEED.operator.unionId },
			body: { url: shortUrl },
		});
	});

	it.each(['12345678901', '../..', 'a b'])(
		'is refused before anything is sent as %j',
		async (id) => {
			const { shown } = await uploadTo({ parent: locator('id', id) });
			expect(shown.message).toMatch(/^Parent Folder is (a numeric ID|not a valid ID)/);
			expect(shown.itemIndex).toBe(0);
			expect(rig.service.calls).toEqual([]);
		},
	);

	it('wins over the knowledge base', async () => {
		const { storedIn } = await uploadTo({
			parent: locator('id', invoices.dentryUuid),
			knowledgeBase: locator('id', SEED.manyFolders.workspaceId),
		});
		expect(storedIn).toBe(invoices.dentryUuid);
	});
});

describe('the knowledge base', () => {
	it.each([
		['id', locator('id', teamHandbook.workspaceId)],
		['choice from the list', locator('list', teamHandbook.workspaceId)],
		['link', locator('url', `${teamHandbook.url}?spm=1#x`)],
		['link to something in it', locator('url', invoices.url)],
	])('gives its root by %s', async (_, knowledgeBase) => {
		const { error, storedIn } = await uploadTo({ knowledgeBase });
		expect(error).toBeUndefined();
		expect(storedIn).toBe(teamHandbook.rootDentryUuid);
	});

	it.each(['list', 'url', 'id'])(
		'gives its root when the folder is empty in mode %s',
		async (mode) => {
			const knowledgeBase = locator('id', teamHandbook.workspaceId);
			const { error, storedIn } = await uploadTo({ knowledgeBase, parent: locator(mode, '') });
			expect(error).toBeUndefined();
			expect(storedIn).toBe(teamHandbook.rootDentryUuid);
		},
	);

	it('is looked up once for many items', async () => {
		const input = await rig.items(['x', 'y']);
		const knowledgeBase = locator('id', teamHandbook.workspaceId);
		await rig.run({ resource: 'file', operation: 'upload', knowledgeBase }, { input });
		const asked = rig.service.callsOf('getWorkspace').filter(({ status }) => status === 200);
		expect(asked).toHaveLength(1);
		expect(asked[0].query.operatorId).toBe(SEED.operator.unionId);
		expect(rig.service.files()).toHaveLength(2);
	});

	it('is asked for when neither it nor a folder is given', async () => {
		const { shown } = await uploadTo({});
		expect(shown).toMatchObject({ message: 'No knowledge base is chosen', itemIndex: 0 });
		expect(rig.callNames()).toEqual([]);
	});

	it('that does not exist is named in plain words', async () => {
		const knowledgeBase = locator('id', 'doesNotExist1234');
		const { shown } = await uploadTo({ knowledgeBase });
		expect(shown.data).toMatchObject({ code: 'workspaceNotExist', httpStatus: 404 });
		expect(shown.message).toMatch(/knowledge base/i);
	});
});

describe('rights', () => {
	it('that the operator lacks on the folder are named', async () => {
		const parent = locator('id', SEED.readOnlyKnowledgeBase.rootDentryUuid);
		const { shown } = await uploadTo({ parent });
		expect(shown.message).toBe('The operator may not upload here');
		expect(shown.description).toContain('edit rights');
		expect(shown.data).toMatchObject({ code: 'permissionDenied', httpStatus: 403 });
		expect(shown.data.requestId).toBeTruthy();
	});

	it.each([
		['appWithoutScopes', 'Storage.UploadInfo.Read', 'getUploadInfo'],
		['appWithoutWrite', 'Storage.File.Write', 'commit'],
	] as const)('that the app lacks are named: %s', async (app, scope, step) => {
		const { appKey, appSecret } = SEED[app];
		const { shown } = await rig.run(
			{ resource: 'file', operation: 'upload', parent: locator('id', invoices.dentryUuid) },
			{ input: [await rig.item({ data: 'x' })], credential: { appKey, appSecret } },
		);
		expect(shown.message).toBe('The app lacks a permission');
		expect(shown.description).toContain(scope);
		expect(shown.data).toMatchObject({ step });
	});
});
