import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { itemOf, lost, refused, RETRY, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { empty } = SEED.folders;
const restore = runnerOf(rig, 'restoreVersion');
const upload = runnerOf(rig, 'upload');
const parent = locator('id', empty.dentryUuid);

/** A file with these contents, one after another. @returns the item of the last */
async function fileWith(...contents: string[]) {
	const options = { fileName: 'a.txt', conflictStrategy: 'OVERWRITE' };
	let last = {};
	for (const content of contents) {
		const input = [await rig.item({ data: content })];
		[last] = (await upload({ parent, options }, { input })).json;
	}
	rig.service.calls.length = 0;
	return last as { uuid: string; id: string; spaceId: string };
}

const stored = () =>
	rig.service
		.files(empty.dentryUuid)
		.map(({ version, bytes }) => ({ version, content: bytes?.toString() }));

describe('Restore Version', () => {
	it('makes an earlier version of the file of the item its newest one, with one call', async () => {
		const json = await fileWith('one', 'two');
		const run = await restore({ version: 1 }, { input: [{ json }] });
		expect(run.error).toBeUndefined();
		const { uuid, id, spaceId } = json;
		expect(run.json).toMatchObject([{ uuid, id, spaceId, restoredVersion: 1 }]);
		expect(stored()).toEqual([{ version: 3, content: 'one' }]);
		expect(rig.callNames()).toEqual(['revertVersion']);
	});

	it('takes a link and a version from an expression, and gives what it takes', async () => {
		const { uuid } = await fileWith('one', 'two', 'three');
		const file = locator('url', `https://alidocs.dingtalk.com/i/nodes/${uuid}`);
		const input = [{ json: { wanted: '2' } }];
		const first = await restore({ file, version: '={{ $json.wanted }}' }, { input });
		expect(stored()).toEqual([{ version: 4, content: 'two' }]);
		await restore({ version: 1 }, { input: [{ json: first.json[0] }] });
		expect(stored()).toEqual([{ version: 5, content: 'one' }]);
	});

	it.each([0, -1, 1.5, '={{ "x" }}'])(
		'refuses the version %s before anything is sent',
		async (version) => {
			const { shown } = await restore({ version });
			expect(shown.message).toMatch(/^"Version" cannot be /);
			expect(shown.description).toBe('Enter a whole number of 1 or more.');
			expect(rig.service.calls).toEqual([]);
		},
	);

	it('needs a version', async () => {
		const { shown } = await restore({ version: '={{ $json.missing }}' });
		expect(shown.message).toBe('No version is given');
	});

	it('does not restore twice when the answer is lost', async () => {
		const json = await fileWith('one', 'two');
		await warmUp(rig);
		rig.service.fail({ call: 'revertVersion', fault: lost });
		const { shown } = await restore({ version: 1 }, { input: [{ json }], node: RETRY });
		expect(shown.message).toBe('It is unknown whether version 1 was restored');
		expect(shown.description).toMatch(/Look at the versions/);
		expect(shown.data).toMatchObject({ outcome: 'unknown', file: json.uuid });
		expect(stored()).toEqual([{ version: 3, content: 'one' }]);
	});

	it.each([
		['a version that is not there', 9, 'welcome'],
		['a folder', 1, 'folder'],
	])('says why it cannot: %s', async (_, version, what) => {
		const input = [itemOf(what === 'folder' ? empty : SEED.files.welcome)];
		const { shown } = await restore({ version }, { input });
		expect(shown.message).toBe('DingTalk cannot restore this version');
		expect(shown.data).toMatchObject({ code: 'paramError', step: 'restoreVersion' });
	});

	it.each([
		['permissionDenied', 403, /may not restore versions/, /edit rights/],
		['dentryNotExist', 404, /file or folder does not exist/, /Choose it again/],
	])('says what %s means, and what to do', async (code, status, message, advice) => {
		rig.service.fail({ call: 'revertVersion', fault: refused(code, status) });
		const { shown } = await restore({ version: 1 });
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown.data).toMatchObject({ code, outcome: 'refused' });
	});

	it.each([{}, { success: false }])('does not take %j for success', async (body) => {
		await warmUp(rig);
		rig.service.fail({ call: 'revertVersion', fault: { kind: 'answer', status: 200, body } });
		const { status } = await restore({ version: 1 });
		expect(status).toBe('error');
	});

	it('goes on with the other items after a failure, if asked to', async () => {
		const node = { onError: 'continueRegularOutput' } as const;
		const input = [itemOf(empty), { json: await fileWith('one', 'two') }];
		const { json } = await restore({ version: 1 }, { input, node });
		expect(json).toMatchObject([{ error: { code: 'paramError' } }, { restoredVersion: 1 }]);
	});
});
