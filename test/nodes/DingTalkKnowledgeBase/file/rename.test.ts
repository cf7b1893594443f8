import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { until } from '../../../until';
import { locator, type NodeRunOptions } from '../../support/rig';
import { changed, itemOf, lost, refused, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { welcome } = SEED.files;
const { invoices, empty } = SEED.folders;
const run = runnerOf(rig, 'rename');

async function rename(fileName: string, more: object = {}, options: NodeRunOptions = {}) {
	return await run({ fileName, ...more }, options);
}

describe('Rename File', () => {
	it('gives the file of the item its new name, with one call', async () => {
		const run = await rename(' 报告 2026.txt ');
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ uuid: welcome.dentryUuid, name: '报告 2026.txt', path: '/报告 2026.txt' },
		]);
		expect(run.json[0].webUrl).toBe(welcome.url);
		expect(rig.callNames()).toEqual(['renameDentry']);
		expect(rig.service.callsOf('renameDentry').at(-1)?.body).toEqual({ newName: '报告 2026.txt' });
	});

	it('takes a link, a folder, and a name without an extension', async () => {
		const run = await rename('Bills', { file: locator('url', invoices.url) });
		expect(run.json).toMatchObject([{ uuid: invoices.dentryUuid, name: 'Bills' }]);
		expect(rig.callNames()).toEqual(['queryDentryId', 'renameDentry']);
	});

	it('renames each item’s file, and gives what Rename File takes', async () => {
		const input = [itemOf(welcome), itemOf(invoices), itemOf(empty)];
		const first = await rename('={{ "new-" + $itemIndex }}', {}, { input });
		expect(first.json.map(({ name }) => name)).toEqual(['new-0', 'new-1', 'new-2']);
		rig.service.calls.length = 0;
		const again = first.json.map((json) => ({ json }));
		const second = await rename('={{ $json.name + ".old" }}', {}, { input: again });
		expect(second.json.map(({ name }) => name)).toEqual(['new-0.old', 'new-1.old', 'new-2.old']);
		expect(rig.callNames()).toEqual(['renameDentry', 'renameDentry', 'renameDentry']);
	});

	it.each([
		['a|b', 'The new name "a|b" is not allowed: it contains "|"'],
		['={{ $json.missing }}', 'No new name is given'],
	])('checks the name before anything is sent: %s', async (name, message) => {
		const { shown } = await rename(name);
		expect(shown.message).toBe(message);
		expect(shown.description).toContain('"New Name"');
		expect(rig.service.calls).toEqual([]);
	});

	it('refuses the root of a knowledge base before it is touched', async () => {
		const root = locator('id', SEED.teamHandbook.rootDentryUuid);
		const { shown } = await rename('x', { file: root });
		expect(shown.message).toBe('The root folder of a knowledge base cannot be renamed');
		expect(shown.description).toMatch(/inside of it/);
		expect(rig.callNames()).toEqual(['queryDentryId']);
	});

	it.each([
		['dentryAlreadyExist', 400, /already contains something with the new name/, /another name/],
		['permissionDenied', 403, /may not rename this/, /role Manager/],
		['dentryNotExist', 404, /file or folder does not exist/, /Choose it again/],
		['spaceNotExist', 404, /file or folder does not exist/, /Choose it again/],
		['paramError.name', 400, /does not accept the new name/, /must not contain/],
		['paramError.dentryId', 400, /does not accept the ID of the file/, /link/],
		['paramError.spaceId', 400, /does not accept the ID of the space/, /link/],
	])('says what %s means, and what to do', async (code, status, message, advice) => {
		rig.service.fail({ call: 'renameDentry', fault: refused(code, status) });
		const { shown } = await rename('x.txt');
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown.data).toMatchObject({
			...{ code, step: 'renameFile', outcome: 'refused', file: welcome.dentryUuid },
		});
		expect(rig.service.callsOf('renameDentry').filter((call) => call.code === code)).toHaveLength(
			1,
		);
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutWrite;
		const { shown } = await rename('x.txt', {}, { credential: { appKey, appSecret } });
		expect(shown.description).toContain('Storage.File.Write');
	});

	it('repeats the call when its answer is lost, and finds that the name is there', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'renameDentry', fault: lost });
		const run = await rename('x.txt');
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ uuid: welcome.dentryUuid, name: 'x.txt' }]);
		// The service says that the name is taken: by this very file.
		expect(rig.callNames()).toEqual(['renameDentry', 'renameDentry', 'getDentry']);
	});

	it('does not take another’s file for its own', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'renameDentry', fault: { kind: 'reset', when: 'afterBody' } });
		const { shown } = await rename('Invoices');
		expect(shown.data).toMatchObject({ code: 'dentryAlreadyExist', outcome: 'unknown' });
		expect(rig.callNames()).toEqual(['renameDentry', 'renameDentry', 'getDentry']);
	});

	it('is not misled by an answer about another file', async () => {
		const fault = changed(({ dentry }) => ({ dentry: { ...(dentry as object), id: '999' } }));
		await warmUp(rig);
		rig.service.fail({ call: 'renameDentry', fault });
		const run = await rename('x.txt');
		expect(run.json).toMatchObject([{ uuid: welcome.dentryUuid, name: 'x.txt' }]);
		expect(rig.callNames()).toEqual(['renameDentry', 'getDentry']);
	});

	it('goes on after a failure if asked to, and says which were renamed if not', async () => {
		const input = [itemOf(welcome), itemOf(invoices)];
		const rule = {
			call: 'renameDentry',
			when: ({ path }: { path: string }) => path.includes(invoices.dentryId),
			fault: refused('permissionDenied', 403),
		} as const;
		const name = '={{ "new-" + $itemIndex }}';
		rig.service.fail(rule);
		const node = { onError: 'continueRegularOutput' } as const;
		const { json } = await rename(name, {}, { input, node });
		expect(json).toMatchObject([{ name: 'new-0' }, { error: { code: 'permissionDenied' } }]);
		rig.reset();
		rig.service.fail({ ...rule, fault: { kind: 'hold', until: done(), then: rule.fault } });
		const { shown } = await rename(name, {}, { input });
		expect(shown.description).toContain(`1 file is renamed anyway: ${welcome.dentryUuid}.`);
		expect(shown.data.renamed).toMatchObject([{ itemIndex: 0, uuid: welcome.dentryUuid }]);
	});
});

/** Resolves when the first file was renamed. */
async function done(): Promise<void> {
	const isDone = () => rig.service.callsOf('renameDentry').some(({ status }) => status === 200);
	await until(isDone);
}
