import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { withoutWaits } from '../../support/haste';
import { locator } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { invoices, invoices2026, empty } = SEED.folders;

const upload = (parentUuid: string, options: IDataObject) =>
	uploadOf(options, { parent: locator('id', parentUuid) });

const made = () => rig.service.callsOf('createFolder').filter(({ status }) => status === 200);

describe('a folder path', () => {
	it('leads into folders that are there, at two calls and without a second of the name', async () => {
		const { error } = await rig.run(upload(invoices.dentryUuid, { folderPath: '2026' }), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(error).toBeUndefined();
		expect(rig.service.files(invoices2026.dentryUuid)).toHaveLength(1);
		expect(rig.callNames().slice(0, 2)).toEqual(['queryDentryId', 'createFolder']);
		expect(rig.callNames()).not.toContain('listNodes');
	});

	it('costs one call more for each further level', async () => {
		await rig.run(upload(empty.dentryUuid, { folderPath: 'a/b/c' }), {
			input: [await rig.item({ data: 'x' })],
		});
		const asked = rig.service.callsOf('queryDentryId').filter(({ status }) => status === 200);
		expect(asked).toHaveLength(1);
		expect(made()).toHaveLength(3);
	});

	it.each(['createFolder', 'queryDentryId'] as const)(
		'is looked through where %s is not allowed',
		async (call) => {
			const fault = { kind: 'apiError', status: 403, code: 'permissionDenied' } as const;
			rig.service.fail({ call, times: Infinity, fault });
			const input = [await rig.item({ data: 'x' })];
			const there = upload(invoices.dentryUuid, { folderPath: '2026' });
			expect((await rig.run(there, { input })).error).toBeUndefined();
			expect(rig.service.files(invoices2026.dentryUuid)).toHaveLength(1);
			const missing = upload(invoices.dentryUuid, { folderPath: '2099' });
			expect((await rig.run(missing, { input })).shown.data).toMatchObject({
				...{ code: 'permissionDenied', outcome: 'refused' },
			});
		},
	);

	it('that has a file in the place of a folder says so', async () => {
		const input = [await rig.item({ data: 'x' })];
		await rig.run(upload(empty.dentryUuid, { fileName: '2026' }), { input });
		for (const mayMake of [true, false]) {
			const fault = { kind: 'apiError', status: 403, code: 'permissionDenied' } as const;
			if (!mayMake) rig.service.fail({ call: 'createFolder', times: Infinity, fault });
			const { shown } = await rig.run(upload(empty.dentryUuid, { folderPath: '2026/x' }), {
				input,
			});
			expect(shown.message).toBe('"2026" in the folder path is a file, not a folder');
		}
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(1);
	});

	it('is made once, level by level, however many items ask for it', async () => {
		const options = { folderPath: ' /合同/ 2026 /{{x}}/' };
		const input = await rig.items(['a', 'b', 'c', 'd']);
		const { error, json } = await rig.run(upload(empty.dentryUuid, options), { input });
		expect(error).toBeUndefined();
		expect(made()).toHaveLength(3);
		expect(new Set(json.map(({ path }) => String(path).replace(/[^/]+$/, '')))).toEqual(
			new Set(['/Empty/合同/2026/{{x}}/']),
		);
	});

	it('is the same for several workflow runs that make it at once', async () => {
		const run = async () =>
			await rig.run(upload(empty.dentryUuid, { folderPath: 'Shared/Inbox' }), {
				input: [await rig.item({ data: 'x' })],
			});
		const runs = await Promise.all([run(), run(), run(), run(), run()]);
		const paths = runs.map(({ json }) => String(json[0].path).replace(/[^/]+$/, ''));
		expect(new Set(paths)).toEqual(new Set(['/Empty/Shared/Inbox/']));
		expect(new Set(runs.map(({ json }) => json[0].parentId)).size).toBe(1);
	});

	it('is found when somebody else has made it and the service says so', async () => {
		// The folder is made, by whomever, but the answer says that it was there.
		const body = { code: 'dentryNameConflict', message: 'x' };
		rig.service.fail({ call: 'createFolder', fault: { kind: 'answerAfter', status: 400, body } });
		const { error, json } = await rig.run(upload(empty.dentryUuid, { folderPath: 'Raced' }), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(error).toBeUndefined();
		expect(json[0].path).toBe('/Empty/Raced/data.txt');
	});

	it('leaves no doubt about the file where it is unknown whether a folder was made', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'createFolder', times: Infinity, fault });
		const parameters = upload(empty.dentryUuid, { folderPath: 'Lost' });
		const input = await rig.items(['x']);
		const { shown } = await withoutWaits(async () => await rig.run(parameters, { input }));
		expect(shown.data).toMatchObject({ outcome: 'notSent', step: 'createFolder' });
	});

	it.each(['../x', 'a/./b', 'a/b|c', 'a*'])(
		'is refused before anything is sent: %s',
		async (path) => {
			const { shown } = await rig.run(upload(empty.dentryUuid, { folderPath: path }), {
				input: [await rig.item({ data: 'x' })],
			});
			expect(shown).toMatchObject({ name: 'NodeOperationError', itemIndex: 0 });
			expect(rig.service.calls).toEqual([]);
		},
	);
});

describe('text given as content', () => {
	it('is stored as a file in UTF-8, without any binary', async () => {
		const options = { content: '={{ $json.note }}', fileName: 'note.md' };
		const { error, json } = await rig.run(upload(empty.dentryUuid, options), {
			input: [{ json: { note: '# 标题 🚀' } }],
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ name: 'note.md', size: Buffer.byteLength('# 标题 🚀') }]);
		const [file] = rig.service.files(empty.dentryUuid);
		expect(file.bytes?.toString()).toBe('# 标题 🚀');
	});

	it('needs a file name', async () => {
		const { shown } = await rig.run(upload(empty.dentryUuid, { content: 'x' }), {
			input: [{ json: {} }],
		});
		expect(`${shown.message} ${shown.description}`).toContain('File Name');
		expect(rig.service.calls).toEqual([]);
	});
});
