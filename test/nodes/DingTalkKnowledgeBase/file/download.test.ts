import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { withoutWaits } from '../../support/haste';
import { bytesIn, bytesOf, storeFile } from '../support/downloads';
import { useRig } from '../support/rig';

const rig = useRig();
const { welcome } = SEED.files;
const WELCOME = 'welcome.txtw';
const byId = { file: locator('id', welcome.dentryUuid) };

const download = (parameters: INode['parameters'] = {}) => ({
	resource: 'file',
	operation: 'download',
	...parameters,
});

describe('Download File', () => {
	it('puts a file into a binary field, with its name and type', async () => {
		const run = await rig.run(download(byId));
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{
				...{ uuid: welcome.dentryUuid, name: welcome.name, size: 12, webUrl: welcome.url },
				download: { bytes: 12, attempts: 1, eTag: expect.stringMatching(/^"\w{32}"$/) as string },
			},
		]);
		expect(run.items('DingTalk')[0].binary?.data).toMatchObject({
			...{ fileName: 'welcome.txt', mimeType: 'text/plain', fileExtension: 'txt' },
		});
		expect(String(await bytesIn(rig, run))).toBe(WELCOME);
		expect(rig.callNames()).toEqual(['queryDentryId', 'getDentry', 'downloadInfo', 'ossGet']);
	});

	it('takes by default the file of the item, and asks for nothing that it tells', async () => {
		const { item, bytes } = await storeFile(rig, '合同 1.pdf', bytesOf(70_000));
		const run = await rig.run(download(), { input: [item] });
		expect(run.json[0]).toMatchObject({ name: '合同 1.pdf', uuid: item.json.uuid });
		const { binary } = run.items('DingTalk')[0];
		expect(binary?.data).toMatchObject({ fileName: '合同 1.pdf', mimeType: 'application/pdf' });
		expect((await bytesIn(rig, run)).equals(bytes)).toBe(true);
		expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet']);
	});

	it('goes after Upload File and Get File as dropped on the canvas', async () => {
		const parent = locator('id', SEED.folders.empty.dentryUuid);
		const input = [await rig.item({ data: 'round trip' })];
		const uploaded = await rig.run({ resource: 'file', operation: 'upload', parent }, { input });
		const items = uploaded.json.map((json) => ({ json }));
		const got = await rig.run({ resource: 'file', operation: 'get' }, { input: items });
		for (const { json } of [...items, { json: got.json[0] }]) {
			rig.service.calls.length = 0;
			const run = await rig.run(download(), { input: [{ json }] });
			expect(String(await bytesIn(rig, run))).toBe('round trip');
			expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet']);
		}
	});

	it('takes a link', async () => {
		const run = await rig.run(download({ file: locator('url', welcome.url) }));
		expect(String(await bytesIn(rig, run))).toBe(WELCOME);
	});

	it('asks only for the ids where the item has name and size, as a list gives them', async () => {
		const json = { uuid: welcome.dentryUuid, name: 'welcome.txt', size: 12 };
		const run = await rig.run(download(), { input: [{ json }] });
		expect(run.json[0]).toMatchObject({ id: welcome.dentryId, spaceId: SEED.teamHandbook.spaceId });
		expect(rig.callNames()).toEqual(['queryDentryId', 'downloadInfo', 'ossGet']);
	});

	it('does not take name and size of another file from the item', async () => {
		const { item } = await storeFile(rig, 'other.txt', bytesOf(10));
		const run = await rig.run(download(byId), { input: [item] });
		expect(run.json[0]).toMatchObject({ name: 'welcome.txt', uuid: welcome.dentryUuid, size: 12 });
	});

	it('keeps the other files of the item, and puts its own where it is told', async () => {
		const input = [await rig.item({ data: 'kept', old: 'replaced' })];
		const run = await rig.run(download({ ...byId, outputDataFieldName: 'old' }), { input });
		expect(String(await bytesIn(rig, run, { field: 'data' }))).toBe('kept');
		expect(String(await bytesIn(rig, run, { field: 'old' }))).toBe(WELCOME);
	});

	it('gives a file another name and takes another version if told', async () => {
		await storeFile(rig, 'a.md', bytesOf(30, 'first'));
		const { item } = await storeFile(rig, 'a.md', bytesOf(60, 'second'));
		const options = { version: 1, fileName: 'old.json' };
		const run = await rig.run(download({ options }), { input: [item] });
		expect((await bytesIn(rig, run)).equals(bytesOf(30, 'first'))).toBe(true);
		expect(run.items('DingTalk')[0].binary?.data).toMatchObject({
			...{ fileName: 'old.json', mimeType: 'application/json' },
		});
		expect(run.json[0]).toMatchObject({ name: 'a.md', download: { bytes: 30, version: 1 } });
	});

	it.each<[string, string, string]>([
		['noextension', 'application/octet-stream', 'noextension'],
		['.env', 'application/octet-stream', '.env'],
		['a.tar.gz', 'application/gzip', 'a.tar.gz'],
		['图 1.PNG', 'image/png', '图 1.PNG'],
	])('knows the type of %s by its name', async (name, mimeType, fileName) => {
		const { item } = await storeFile(rig, name, bytesOf(9));
		const run = await rig.run(download(), { input: [item] });
		expect(run.items('DingTalk')[0].binary?.data).toMatchObject({ mimeType, fileName });
	});

	it('takes the type that the storage tells, where it tells one', async () => {
		const change = (headers: Record<string, string>) => ({
			...headers,
			'Content-Type': 'Text/Markdown; charset=utf-8',
		});
		rig.service.fail({ call: 'ossGet', fault: { kind: 'changedHeaders', change } });
		const run = await rig.run(download(byId));
		expect(run.items('DingTalk')[0].binary?.data.mimeType).toBe('text/markdown');
	});

	it('makes no folder of a name with a slash, which only a changed answer can have', async () => {
		const change = ({ dentry }: Record<string, unknown>) => ({
			dentry: { ...(dentry as object), name: '../../etc/passwd' },
		});
		rig.service.fail({ call: 'getDentry', fault: { kind: 'changedAnswer', change } });
		const run = await rig.run(download(byId));
		const { fileName, directory } = run.items('DingTalk')[0].binary?.data ?? {};
		expect([fileName, directory]).toEqual(['.._.._etc_passwd', undefined]);
	});

	it('downloads an empty file', async () => {
		const { item } = await storeFile(rig, 'empty.txt', Buffer.alloc(0));
		const run = await rig.run(download(), { input: [item] });
		expect(run.json[0]).toMatchObject({ size: 0, download: { bytes: 0 } });
		expect(await bytesIn(rig, run)).toHaveLength(0);
	});

	it('downloads many files at once, each into its item', async () => {
		const names = Array.from({ length: 12 }, (_, index) => `file-${index}.bin`);
		const files = [];
		for (const name of names) files.push(await storeFile(rig, name, bytesOf(50_000, name)));
		const run = await rig.run(download(), { input: files.map(({ item }) => item) });
		expect(run.json.map(({ name }) => name)).toEqual(names);
		for (const [index, { bytes }] of files.entries()) {
			expect((await bytesIn(rig, run, { index })).equals(bytes)).toBe(true);
		}
		expect(rig.service.connections('oss').open).toBeLessThanOrEqual(8);
	});

	it('gives an error item in place of a file that fails, and the others', async () => {
		const { item } = await storeFile(rig, 'a.txt', bytesOf(10));
		const gone = { json: { ...item.json, id: '404' } };
		const run = await rig.run(download(), {
			input: [item, gone, item],
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.json.map((json) => 'error' in json)).toEqual([false, true, false]);
		expect(run.json[1].error).toMatchObject({
			...{ code: 'dentryNotExist', step: 'getDownloadInfo', fileName: 'a.txt' },
		});
	});
});

describe('Download File where n8n keeps files in the item', () => {
	const inMemory = useRig({ engine: { binaryMode: 'default' } });

	it('puts the bytes there', async () => {
		const { item, bytes } = await storeFile(inMemory, 'a.bin', bytesOf(300_000));
		const run = await inMemory.run(download(), { input: [item] });
		const { id, data } = run.items('DingTalk')[0].binary?.data ?? {};
		expect(id).toBeUndefined();
		expect(Buffer.from(data ?? '', 'base64').equals(bytes)).toBe(true);
	});

	it('outputs nothing of a file that breaks off for good', async () => {
		const { item } = await storeFile(inMemory, 'a.bin', bytesOf(300_000));
		const fault = { kind: 'truncatedAnswer' } as const;
		inMemory.service.fail({ call: 'ossGet', times: Infinity, fault });
		const run = await withoutWaits(async () => await inMemory.run(download(), { input: [item] }));
		expect(run.shown.data).toMatchObject({ step: 'download' });
	});
});

describe('Download File refuses', () => {
	it('a folder', async () => {
		const file = locator('id', SEED.folders.invoices.dentryUuid);
		const { shown } = await rig.run(download({ file }));
		expect(shown.message).toBe('"Invoices" is a folder, and only files can be downloaded');
		expect(rig.callNames()).not.toContain('downloadInfo');
	});

	it('a field without a name, and a version that is none', async () => {
		const empty = await rig.run(download({ ...byId, outputDataFieldName: '={{ "" }}' }));
		expect(empty.shown.message).toBe('No field is given for the file');
		const run = await rig.run(download({ ...byId, options: { version: '={{ 1.5 }}' } }));
		expect(run.shown.message).toBe('"Version" cannot be 1.5');
		expect(rig.service.calls).toEqual([]);
	});
});

describe('what DingTalk refuses', () => {
	it('is said in words: an online document', async () => {
		const file = locator('id', SEED.documents.budget.dentryUuid);
		const { shown } = await rig.run(download({ file }));
		expect(shown.message).toBe('This file cannot be downloaded');
		expect(shown.description).toMatch(/Export the document in DingTalk/);
		expect(shown.data).toMatchObject({ code: 'operationNotSupported', step: 'getDownloadInfo' });
	});

	it.each<[number, string, RegExp]>([
		[400, 'fileArchived', /archived and is being brought back/],
		[400, 'dentryDownloadProtocolNotSupport', /does not support signed downloads/],
		[403, 'orgAuthLevelNotEnough', /not verified highly enough/],
		[403, 'permissionDenied', /may not download this file/],
		[404, 'spaceNotExist', /knowledge base of the file does not exist/],
		[404, 'dentryNotExist', /does not exist/],
		[400, 'paramError.dentryId', /does not accept the ID of the file/],
		[400, 'paramError.spaceId', /does not accept the ID of the space/],
	])('is said in words, and not tried again: %i %s', async (status, code, title) => {
		const fault = { kind: 'apiError', status, code } as const;
		rig.service.fail({ call: 'downloadInfo', times: Infinity, fault });
		const { shown } = await rig.run(download(byId));
		expect(shown.message).toMatch(title);
		expect(shown.description).toMatch(/^[A-Z].+\./);
		expect(shown.data).toMatchObject({ code, fileName: 'welcome.txt', outcome: 'refused' });
		expect(rig.service.callsOf('downloadInfo').filter((call) => call.code === code)).toHaveLength(
			1,
		);
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const json = { uuid: 'A'.repeat(32), id: welcome.dentryId, spaceId: SEED.teamHandbook.spaceId };
		const input = [{ json: { ...json, name: 'a', size: 1 } }];
		const { shown } = await rig.run(download(), { input, credential: { appKey, appSecret } });
		expect(shown.description).toContain('Storage.DownloadInfo.Read');
	});

	it.each(['systemError', 'operationTimeout'])('for a moment is tried again: %s', async (code) => {
		const fault = { kind: 'apiError', status: 500, code } as const;
		rig.service.fail({ call: 'downloadInfo', times: 2, fault });
		const run = await withoutWaits(async () => await rig.run(download(byId)));
		expect(String(await bytesIn(rig, run))).toBe(WELCOME);
	});

	it('or a lost answer costs nothing: the download info is asked for again', async () => {
		rig.service.fail({ call: 'downloadInfo', fault: { kind: 'reset', when: 'afterWork' } });
		const run = await withoutWaits(async () => await rig.run(download(byId)));
		expect(String(await bytesIn(rig, run))).toBe(WELCOME);
	});
});
