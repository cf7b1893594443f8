import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { changed, itemOf, lost, refused, RETRY, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { outline, sketches, sketch, spaceId, rootDentryUuid } = SEED.drive;
const { welcome } = SEED.files;
const remove = runnerOf(rig, 'delete');
const get = runnerOf(rig, 'get');

const ofOutline = { input: [itemOf(outline, spaceId)] };
const ofSketches = { input: [itemOf(sketches, spaceId)] };
const forGood = { options: { permanently: true } };

/** Whether a file is still there. */
async function isThere({ dentryUuid }: { dentryUuid: string }): Promise<boolean> {
	const run = await get({ file: locator('id', dentryUuid) }, { input: [{ json: {} }] });
	return run.json.length === 1;
}

const deletes = () => rig.service.callsOf('deleteDentry');

describe('Delete File', () => {
	it('puts the file into the recycle bin', async () => {
		const { error, json } = await remove({}, ofOutline);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true, uuid: outline.dentryUuid, recycled: true }]);
		expect(rig.service.recycled()).toEqual([outline.dentryUuid]);
		expect(await isThere(outline)).toBe(false);
		expect(deletes().at(-1)?.query).toMatchObject({ toRecycleBin: 'true' });
	});

	it('deletes for good only if asked to', async () => {
		const { json } = await remove(forGood);
		expect(json).toEqual([{ deleted: true, uuid: welcome.dentryUuid, recycled: false }]);
		expect(await isThere(welcome)).toBe(false);
		expect(deletes().at(-1)?.query).toMatchObject({ toRecycleBin: 'false' });
	});

	it.each(['recycleBinNotSupportForSpace', 'operationNotSupported'])(
		'deletes nothing where there is no recycle bin, and says what to do: %s',
		async (code) => {
			if (code === 'operationNotSupported') {
				rig.service.fail({ call: 'deleteDentry', fault: refused(code, 403) });
			}
			const { shown } = await remove({});
			expect(shown.message).toBe('There is no recycle bin for this, so nothing was deleted');
			expect(shown.description).toMatch(/"Delete for Good"/);
			expect(shown.data).toMatchObject({ code, outcome: 'refused', file: welcome.dentryUuid });
			expect(await isThere(welcome)).toBe(true);
		},
	);

	it('takes a link', async () => {
		await remove({ file: locator('url', outline.url) });
		expect(rig.service.recycled()).toEqual([outline.dentryUuid]);
	});

	it('asks for the IDs itself, for those of the item may be those of another file', async () => {
		const json = { uuid: outline.dentryUuid, id: sketch.dentryId, spaceId };
		await remove({}, { input: [{ json }] });
		expect(rig.service.recycled()).toEqual([outline.dentryUuid]);
		expect(rig.callNames()).toEqual(['queryDentryId', 'deleteDentry']);
	});

	it.each([
		['of a knowledge base', SEED.teamHandbook.rootDentryUuid],
		['of a drive', rootDentryUuid],
	])('refuses the root %s before it is touched', async (_, uuid) => {
		const { shown } = await remove({ file: locator('id', uuid), ...forGood });
		expect(shown.message).toBe('The root folder of a knowledge base cannot be deleted');
		expect(deletes()).toEqual([]);
	});

	it.each([
		['an item without a uuid', { json: {} }],
		['a uuid that is empty', { json: { uuid: '' } }],
		['a name', { json: { uuid: 'welcome.txt' } }],
		['a number', { json: { uuid: 123 } }],
	])('deletes nothing for %s', async (_, item) => {
		const { status } = await remove(forGood, { input: [item] });
		expect(status).toBe('error');
		expect(rig.service.calls).toEqual([]);
	});

	it('waits until a folder and everything in it is deleted', async () => {
		const { json } = await remove({}, ofSketches);
		expect(json).toEqual([{ deleted: true, uuid: sketches.dentryUuid, recycled: true }]);
		expect(rig.service.callsOf('getTask')).toHaveLength(3);
		expect(await isThere(sketch)).toBe(false);
	});

	it('says that a folder takes longer than the timeout', async () => {
		const { shown } = await remove({ options: { timeout: 1000 } }, ofSketches);
		expect(shown.message).toMatch(/takes longer than 1 seconds to delete this/);
		expect(shown.data).toMatchObject({ code: 'TASK_UNFINISHED', outcome: 'unknown' });
	});

	it('says why a folder failed', async () => {
		await warmUp(rig);
		const task = {
			status: 'FAIL',
			totalCount: 2,
			successCount: 1,
			failMessage: 'permissionDenied',
		};
		rig.service.fail({ call: 'getTask', fault: { kind: 'answer', status: 200, body: { task } } });
		const { shown } = await remove({}, ofSketches);
		expect(shown.message).toBe('DingTalk has not deleted everything');
		expect(shown.description).toMatch(/1 of 2 parts were deleted\. The operator may not delete/);
	});

	it('repeats the call when its answer is lost, and knows that what is gone was deleted', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'deleteDentry', fault: lost });
		const { json } = await remove({}, ofOutline);
		expect(json).toEqual([{ deleted: true, uuid: outline.dentryUuid, recycled: true }]);
		expect(deletes().map(({ code }) => code)).toEqual([undefined, 'dentryNotExist']);
		// The second answer tells: no look is needed, for which the app may lack the permission.
		expect(rig.callNames()).toEqual(['queryDentryId', 'deleteDentry', 'deleteDentry']);
	});

	it('says that a file does not exist when it has not deleted it', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'deleteDentry', fault: refused('dentryNotExist', 404) });
		const { shown } = await remove({}, ofOutline);
		expect(shown.message).toBe('The file or folder does not exist');
		expect(shown.data).toMatchObject({ code: 'dentryNotExist', outcome: 'refused' });
		expect(deletes()).toHaveLength(1);
	});

	it('says that it is unknown when no answer tells and the file is still there', async () => {
		await warmUp(rig);
		const fault = { kind: 'reset', when: 'afterBody' } as const;
		rig.service.fail({ call: 'deleteDentry', times: Infinity, fault });
		const { shown } = await remove({}, ofOutline);
		expect(shown.message).toBe('It is unknown whether this was deleted');
		expect(shown.data).toMatchObject({ outcome: 'unknown', step: 'deleteFile' });
		expect(await isThere(outline)).toBe(true);
	});

	it.each([
		['nothing', () => ({})],
		['a task without an ID', () => ({ async: true })],
		['another thing', () => ({ success: true })],
	])('looks whether the file is gone after an answer with %s', async (_, change) => {
		await warmUp(rig);
		rig.service.fail({ call: 'deleteDentry', fault: changed(change) });
		const { json } = await remove({}, ofOutline);
		expect(json).toEqual([{ deleted: true, uuid: outline.dentryUuid, recycled: true }]);
		expect(rig.callNames()).toEqual(['queryDentryId', 'deleteDentry', 'getDentry']);
	});

	it('does not believe an answer with success that comes from elsewhere', async () => {
		await warmUp(rig);
		const fault = { kind: 'answer', status: 200, body: {}, elsewhere: true } as const;
		rig.service.fail({ call: 'deleteDentry', fault });
		const { shown } = await remove({}, ofOutline);
		expect(shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER', outcome: 'unknown' });
		expect(await isThere(outline)).toBe(true);
	});

	it('in another try knows that the first has deleted it', async () => {
		await warmUp(rig);
		// The file is gone, and neither an answer nor a look tells.
		rig.service.fail({ call: 'deleteDentry', fault: changed(() => ({})) });
		rig.service.fail({ call: 'getDentry', fault: refused('permissionDenied', 403) });
		const { json } = await remove({}, { ...ofOutline, node: RETRY });
		expect(json).toEqual([{ deleted: true, uuid: outline.dentryUuid, recycled: true }]);
		expect(deletes()).toHaveLength(1);
	});

	it.each([
		['permissionDenied', 403, /may not delete this/, /role Manager/],
		['spaceNotExist', 404, /file or folder does not exist/, /Choose it again/],
	])('says what %s means, and what to do', async (code, status, message, advice) => {
		await warmUp(rig);
		rig.service.fail({ call: 'deleteDentry', fault: refused(code, status) });
		const { shown } = await remove({}, ofOutline);
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown.data).toMatchObject({ code, outcome: 'refused' });
	});

	it('says which files were deleted when it stops at another', async () => {
		await warmUp(rig);
		const isDeleted = async () => {
			await expect.poll(() => rig.service.recycled()).toEqual([outline.dentryUuid]);
			await expect.poll(() => deletes().some(({ status }) => status === 200)).toBe(true);
		};
		rig.service.fail({
			call: 'deleteDentry',
			when: ({ path }) => path.endsWith(sketch.dentryId),
			fault: { kind: 'hold', until: isDeleted(), then: refused('permissionDenied', 403) },
		});
		const input = [itemOf(outline, spaceId), itemOf(sketch, spaceId)];
		const { shown } = await remove({}, { input });
		expect(shown.description).toContain(`1 file is deleted anyway: ${outline.dentryUuid}.`);
		expect(shown.data.deleted).toMatchObject([{ itemIndex: 0, uuid: outline.dentryUuid }]);
	});

	it('goes on after a failure, if asked to', async () => {
		const node = { onError: 'continueRegularOutput' } as const;
		const input = [{ json: { uuid: 'A'.repeat(32) } }, itemOf(outline, spaceId)];
		const { json } = await remove({}, { input, node });
		expect(json).toMatchObject([{ error: { code: 'documentNotExist' } }, { deleted: true }]);
	});
});
