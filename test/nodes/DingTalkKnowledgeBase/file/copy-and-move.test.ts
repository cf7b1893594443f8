import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { inHaste, type Haste } from '../../support/haste';
import { locator } from '../../support/rig';
import { changed, itemOf, lost, refused, RETRY, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { welcome } = SEED.files;
const { invoices, invoicesMarch, empty, chinese } = SEED.folders;
const parent = locator('id', empty.dentryUuid);
const copy = runnerOf(rig, 'copy');
const move = runnerOf(rig, 'move');
const get = runnerOf(rig, 'get');

/** Where a file is now. */
async function pathOf({ dentryUuid }: { dentryUuid: string }): Promise<unknown> {
	const { json, shown } = await get({ file: locator('id', dentryUuid) }, { input: [{ json: {} }] });
	return json[0]?.path ?? shown.message;
}

const ofInvoices = { input: [itemOf(invoices)] };
const continues = { node: { onError: 'continueRegularOutput' } } as const;
const without = (...names: string[]) =>
	changed((body) =>
		Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name))),
	);

describe.each([
	['Copy File', 'copyDentry', copy, 'copied'],
	['Move File', 'moveDentry', move, 'moved'],
] as const)('%s', (_, call, run, done) => {
	const isMove = done === 'moved';

	it('takes the file of the item and a folder, and gives the dentry there', async () => {
		const { error, json } = await run({ parent });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ name: 'welcome.txt', path: '/Empty/welcome.txt' }]);
		expect(json[0].uuid === welcome.dentryUuid).toBe(isMove);
		expect(json[0].webUrl).toBe(`https://alidocs.dingtalk.com/i/nodes/${String(json[0].uuid)}`);
		expect(rig.callNames()).toEqual(['queryDentryId', call]);
		expect(rig.service.callsOf(call).at(-1)?.body).toEqual({
			targetSpaceId: SEED.teamHandbook.spaceId,
			targetFolderId: empty.dentryId,
		});
		expect(await pathOf(welcome)).toBe(isMove ? '/Empty/welcome.txt' : '/welcome.txt');
	});

	it('takes links, and the root of a knowledge base', async () => {
		const { rootDentryUuid, workspaceId } = SEED.myDocuments;
		const knowledgeBase = locator('id', workspaceId);
		const { json } = await run({ file: locator('url', welcome.url), knowledgeBase });
		expect(json).toMatchObject([{ spaceId: SEED.myDocuments.spaceId, parentId: '0' }]);
		expect(rig.service.callsOf('queryDentryId').map(({ path }) => path)).toContain(
			`/v2.0/doc/dentries/${rootDentryUuid}/queryDentryId`,
		);
	});

	it('gives what the next operation takes', async () => {
		const first = await run({ parent: locator('id', SEED.myDocuments.rootDentryUuid) });
		const next = await run({ parent }, { input: [{ json: first.json[0] }] });
		expect(next.json).toMatchObject([{ path: '/Empty/welcome.txt' }]);
	});

	it('asks for a folder once, however many items go there', async () => {
		const input = [itemOf(welcome), itemOf(chinese)];
		const { json } = await run({ parent }, { input });
		expect(json.map(({ path }) => path)).toEqual(['/Empty/welcome.txt', '/Empty/合同 2026']);
		expect(rig.callNames().filter((name) => name === 'queryDentryId')).toHaveLength(1);
	});

	it.each([
		['RETURN_ERROR_IF_EXISTS', undefined],
		['RETURN_DENTRY_IF_EXISTS', 'welcome.txt'],
		['OVERWRITE', 'welcome.txt'],
		['AUTO_RENAME', 'welcome (1).txt'],
	])('where the name is taken: %s', async (conflictStrategy, name) => {
		const there = await copy({ parent });
		const { json, shown } = await run({ parent, options: { conflictStrategy } });
		expect(json[0]?.name).toBe(name);
		expect(json[0]?.uuid === there.json[0].uuid).toBe(
			conflictStrategy === 'RETURN_DENTRY_IF_EXISTS',
		);
		if (name === undefined) {
			expect(shown.message).toBe('A file with this name is already in the folder');
			expect(shown.description).toMatch(/conflict strategy/);
			expect(shown.data).toMatchObject({ code: 'dentryAlreadyExist', outcome: 'refused' });
		}
	});

	it('waits until a folder is done, with pauses that grow', async () => {
		const haste: Haste = { waits: [], begun: 0, longest: 10 };
		const { json } = await inHaste(
			haste,
			async () =>
				await rig.run(
					{ resource: 'file', operation: isMove ? 'move' : 'copy', parent },
					ofInvoices,
				),
		);
		expect(json).toMatchObject([{ name: 'Invoices', path: '/Empty/Invoices', type: 'FOLDER' }]);
		expect(json[0].uuid === invoices.dentryUuid).toBe(isMove);
		expect(haste.waits.filter((wait) => wait >= 1000)).toEqual([1000, 2000, 4000]);
		expect(await pathOf(invoicesMarch)).toBe(
			isMove ? '/Empty/Invoices/2026/March' : '/Invoices/2026/March',
		);
	});

	it('says that a folder takes longer than the timeout, and what goes on', async () => {
		const { shown } = await run({ parent, options: { timeout: 2500 } }, ofInvoices);
		expect(shown.message).toMatch(/takes longer than 3 seconds/);
		expect(shown.description).toMatch(/goes on by itself/);
		expect(shown.data).toMatchObject({
			...{ code: 'TASK_UNFINISHED', outcome: 'unknown', file: invoices.dentryUuid },
			taskId: expect.any(String) as string,
		});
		expect(rig.service.callsOf('getTask')).toHaveLength(2);
	});

	const told = (task: object) => ({ kind: 'answer', status: 200, body: { task } }) as const;

	it.each([
		[
			{ totalCount: 6, successCount: 3, failCount: 1, failMessage: 'permissionDenied' },
			'unknown',
			new RegExp(`^3 of 6 parts were ${done}\\. The operator may not (copy|move) this`),
		],
		[
			{ totalCount: 6, successCount: 0, failCount: 6, failMessage: '容量不足' },
			'refused',
			/DingTalk says: 容量不足\./,
		],
		[{}, 'unknown', /DingTalk says: nothing\./],
	])('says why a folder failed: %j', async (task, outcome, description) => {
		await warmUp(rig);
		rig.service.fail({ call: 'getTask', fault: told({ status: 'FAIL', ...task }) });
		const { shown } = await run({ parent }, ofInvoices);
		expect(shown.description).toMatch(description);
		expect(shown.data).toMatchObject({ code: 'TASK_FAILED', outcome, step: 'getTask' });
	});

	it('says that it is unknown what came of a task that cannot be seen', async () => {
		await warmUp(rig);
		const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
		const requiredScopes = ['Storage.Task.Read'];
		rig.service.fail({
			call: 'getTask',
			times: Infinity,
			fault: { kind: 'apiError', status: 403, code, requiredScopes },
		});
		const { shown } = await run({ parent }, ofInvoices);
		expect(shown.message).toBe(`It is unknown whether everything was ${done}`);
		expect(shown.description).toContain('Storage.Task.Read');
		expect(shown.data).toMatchObject({ outcome: 'unknown', code });
		expect(rig.service.callsOf(call)).toHaveLength(1);
	});

	it.each([
		['taskNotExist', 404, /does not know its own task/],
		['paramError.taskId', 400, /does not accept the ID of its own task/],
	])('says what %s means', async (code, status, message) => {
		await warmUp(rig);
		rig.service.fail({ call: 'getTask', fault: refused(code, status) });
		const { shown } = await run({ parent }, ofInvoices);
		expect(shown.description).toMatch(message);
		expect(shown.data).toMatchObject({ code, outcome: 'unknown' });
	});

	it('ends the wait when the execution is stopped', async () => {
		await warmUp(rig);
		const stop = new AbortController();
		rig.service.fail({
			call: call,
			fault: { kind: 'holdAnswer', until: Promise.resolve() },
		});
		const running = rig.run(
			{ resource: 'file', operation: isMove ? 'move' : 'copy', parent },
			{ ...ofInvoices, signal: stop.signal },
		);
		await expect.poll(() => rig.service.callsOf(call).at(-1)?.status).toBe(200);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(rig.service.callsOf('getTask').length).toBeLessThan(2);
	});

	it.each([
		['dentryNotExist', 404, /or the folder to (copy|move) it to, does not exist/, /Choose both/],
		['spaceNotExist', 404, /or the folder to (copy|move) it to, does not exist/, /Choose both/],
		['permissionDenied', 403, /may not (copy|move) this, or not to there/, /role Manager/],
		['spaceQuotaInsufficient', 400, /of the target has no storage space/, /Delete files/],
		['orgQuotaInsufficient', 400, /organisation has no storage space/, /Delete files/],
		['paramError.targetFolderId', 400, /does not accept the target folder/, /into itself/],
		['paramError.targetSpaceId', 400, /ID of the target space/, /link/],
	])('says what %s means, and what to do', async (code, status, message, advice) => {
		rig.service.fail({ call, fault: refused(code, status), after: 0 });
		const { shown } = await run({ parent });
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown.data).toMatchObject({ code, outcome: 'refused', file: welcome.dentryUuid });
	});

	it('goes on with the other items after a failure, if asked to', async () => {
		const input = [{ json: { uuid: 'A'.repeat(32) } }, itemOf(welcome)];
		const { json } = await run({ parent }, { input, ...continues });
		expect(json).toMatchObject([
			{ error: { code: 'documentNotExist' } },
			{ path: '/Empty/welcome.txt' },
		]);
	});

	it.each([
		['nothing', () => ({})],
		['no dentry', () => ({ async: false })],
		[
			'a task without an ID',
			({ dentry }: object & { dentry?: unknown }) => ({ dentry, async: true }),
		],
		[
			'a dentry elsewhere',
			({ dentry }: object & { dentry?: unknown }) => ({
				dentry: { ...(dentry as object), spaceId: '1' },
			}),
		],
	])('is not misled by an answer with %s', async (__, change) => {
		await warmUp(rig);
		rig.service.fail({ call, fault: changed(change) });
		const { shown, json } = await run({ parent });
		// What was moved is found in its new folder.
		if (isMove) expect(json).toMatchObject([{ path: '/Empty/welcome.txt' }]);
		else expect(shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER', outcome: 'unknown' });
		expect(rig.service.callsOf(call)).toHaveLength(1);
	});
});

describe('Copy File', () => {
	it('is not repeated when its answer is lost: a second copy could appear', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'copyDentry', fault: lost });
		const { shown } = await copy({ parent }, { node: RETRY });
		expect(shown.message).toBe('It is unknown whether this was copied');
		expect(shown.description).toMatch(/Look into the target folder .* second copy/);
		expect(shown.data).toMatchObject({ outcome: 'unknown', step: 'copyFile' });
		expect(rig.callNames()).toEqual(['queryDentryId', 'copyDentry']);
	});

	it.each(['OVERWRITE', 'RETURN_DENTRY_IF_EXISTS'])(
		'is repeated where that leads to the same: %s',
		async (conflictStrategy) => {
			await warmUp(rig);
			rig.service.fail({ call: 'copyDentry', fault: lost });
			const { json } = await copy({ parent, options: { conflictStrategy } });
			expect(json).toMatchObject([{ path: '/Empty/welcome.txt' }]);
			expect(rig.service.callsOf('copyDentry')).toHaveLength(2);
		},
	);

	it('does not take the original for its copy', async () => {
		await warmUp(rig);
		const { spaceId } = SEED.teamHandbook;
		const { dentryId: id, dentryUuid: uuid, name } = welcome;
		rig.service.fail({
			call: 'copyDentry',
			fault: changed(() => ({ dentry: { id, uuid, name, spaceId }, async: false })),
		});
		const { shown } = await copy({ parent });
		expect(shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER' });
	});

	it('tells of a folder whose copy the service does not name, and gives no file to go on with', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'copyDentry', fault: without('dentry') });
		const { json } = await copy({ parent }, ofInvoices);
		expect(json).toEqual([{ copyOf: invoices.dentryUuid, taskId: expect.any(String) as string }]);
	});
});

describe('Move File', () => {
	it('looks where the file is when an answer is lost, and does not move it twice', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'moveDentry', fault: lost });
		const { json } = await move({ parent });
		expect(json).toMatchObject([{ uuid: welcome.dentryUuid, path: '/Empty/welcome.txt' }]);
		expect(rig.callNames()).toEqual([
			...['queryDentryId', 'moveDentry', 'queryDentryId', 'getDentry'],
		]);
	});

	it('says that it is unknown where the file is not there yet', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'moveDentry', fault: { kind: 'reset', when: 'afterBody' } });
		const { shown } = await move({ parent });
		expect(shown.message).toBe('It is unknown whether this was moved');
		expect(shown.description).toMatch(/Look there again/);
		expect(shown.data).toMatchObject({ outcome: 'unknown' });
	});

	it('in another try looks before it moves again', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'moveDentry', fault: { kind: 'reset', when: 'afterBody' } });
		const { json } = await move({ parent }, { node: RETRY });
		expect(json).toMatchObject([{ path: '/Empty/welcome.txt' }]);
		expect(rig.service.callsOf('moveDentry')).toHaveLength(2);
		expect(rig.callNames().slice(-3)).toEqual(['queryDentryId', 'getDentry', 'moveDentry']);
	});

	it('in another try goes on to wait for the task of the first', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'getTask', times: 5, fault: refused('systemError', 500) });
		const { json } = await move({ parent }, { ...ofInvoices, node: RETRY });
		expect(json).toMatchObject([{ path: '/Empty/Invoices' }]);
		expect(rig.service.callsOf('moveDentry')).toHaveLength(1);
	});

	it('refuses the root of a knowledge base', async () => {
		const file = locator('id', SEED.teamHandbook.rootDentryUuid);
		const { shown } = await move({ file, parent });
		expect(shown.message).toBe('The root folder of a knowledge base cannot be moved');
		expect(rig.callNames()).toEqual(['queryDentryId']);
	});

	it('finds a folder under its new IDs in another space', async () => {
		const { rootDentryUuid, spaceId } = SEED.drive;
		const { json } = await move({ parent: locator('id', rootDentryUuid) }, ofInvoices);
		expect(json).toMatchObject([{ uuid: invoices.dentryUuid, spaceId, path: '/Invoices' }]);
	});

	it('gives at least the uuid when the new place cannot be seen', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'getDentry', fault: refused('permissionDenied', 403) });
		const { json } = await move({ parent }, ofInvoices);
		expect(json).toEqual([{ uuid: invoices.dentryUuid, webUrl: invoices.url }]);
	});

	it('keeps the permissions if asked to', async () => {
		await move({ parent, options: { keepPermissions: true } });
		expect(rig.service.callsOf('moveDentry').at(-1)?.body).toMatchObject({
			option: { presevePermissions: true },
		});
	});
});
