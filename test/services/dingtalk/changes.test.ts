import { describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { useService } from '../core/use-service';
import { type Answer, send } from '../core/send';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, folders, files, drive, operator, otherUser, readOnlyKnowledgeBase } = SEED;
const { unionId } = operator;
const service = useService(async () => await startLocalDingTalk({ keepBytes: true }));
const client = new TestClient(service);

const pathOf = (dentryId: string, spaceId = teamHandbook.spaceId) =>
	`/v1.0/storage/spaces/${spaceId}/dentries/${dentryId}`;

interface Dentry {
	id: string;
	uuid: string;
	name: string;
	spaceId: string;
	parentId: string;
	version: number;
}

const dentryOf = ({ json }: Answer) => (json as { dentry: Dentry }).dentry;

async function change(dentryId: string, what: string, body: object, by = unionId) {
	return await client.post(`${pathOf(dentryId)}/${what}`, { unionId: by }, body);
}

async function query(dentryId: string, spaceId?: string): Promise<Answer> {
	return await client.post(`${pathOf(dentryId, spaceId)}/query`, { unionId }, {});
}

async function remove(path: string, more: Record<string, string> = {}): Promise<Answer> {
	const query = new URLSearchParams({ unionId, ...more }).toString();
	return await send(`${service.apiUrl}${path}?${query}`, {
		method: 'DELETE',
		headers: { 'x-acs-dingtalk-access-token': await client.token() },
	});
}

/** Looks at a task until it has ended. @returns its statuses */
async function watch(answer: Answer): Promise<string[]> {
	const { async: isTask, taskId } = answer.json as { async: boolean; taskId: string };
	expect(isTask).toBe(true);
	const statuses: string[] = [];
	while (statuses.at(-1) !== 'SUCCESS') {
		const { json } = await client.get(`/v1.0/storage/tasks/${taskId}`, { unionId });
		statuses.push((json as { task: { status: string } }).task.status);
	}
	return statuses;
}

const into = ({ dentryId }: { dentryId: string }, conflictStrategy?: string) => ({
	targetSpaceId: teamHandbook.spaceId,
	targetFolderId: dentryId,
	...(conflictStrategy && { option: { conflictStrategy } }),
});

const welcome = files.welcome.dentryId;

describe('renaming', () => {
	it('gives the entry its new name', async () => {
		const answer = await change(welcome, 'rename', { newName: ' 你好.txt ' });
		expect(dentryOf(answer)).toMatchObject({ id: welcome, name: '你好.txt', path: '/你好.txt' });
	});

	it.each<[string, string, object, [number, string]]>([
		['a root', '0', { newName: 'x' }, [400, 'paramError.dentryId']],
		['to a bad name', welcome, { newName: 'a*b' }, [400, 'paramError.name']],
		['to a name that is taken', welcome, { newName: 'Invoices' }, [400, 'dentryAlreadyExist']],
		['without a name', welcome, {}, [400, 'paramError']],
		['with an unknown field', welcome, { newName: 'x', name: 'x' }, [400, 'paramError']],
		['what is not there', '404', { newName: 'x' }, [404, 'dentryNotExist']],
	])('is refused: %s', async (_, dentryId, body, code) => {
		expect(codeOf(await change(dentryId, 'rename', body))).toEqual(code);
	});

	it('is for managers', async () => {
		const answer = await change(welcome, 'rename', { newName: 'x' }, otherUser.unionId);
		expect(codeOf(answer)).toEqual([403, 'permissionDenied']);
	});
});

describe('copying', () => {
	it('a file makes another one, with a name that is free', async () => {
		const answer = await change(welcome, 'copy', into({ dentryId: '0' }));
		expect(answer.json).toMatchObject({ async: false });
		expect(dentryOf(answer).name).toBe('welcome (1).txt');
		expect(dentryOf(answer).uuid).not.toBe(files.welcome.dentryUuid);
		expect((await query(welcome)).status).toBe(200);
	});

	it('a folder with something in it is a task', async () => {
		const answer = await change(folders.invoices.dentryId, 'copy', into(folders.empty));
		expect(await watch(answer)).toEqual(['INIT', 'IN_PROGRESS', 'SUCCESS']);
		expect(dentryOf(answer)).toMatchObject({ name: 'Invoices', path: '/Empty/Invoices' });
	});
});

describe('moving', () => {
	it('a file takes it along, even to another space', async () => {
		const body = { targetSpaceId: drive.spaceId, targetFolderId: '0' };
		const answer = await change(welcome, 'move', body);
		const { id, uuid, spaceId } = dentryOf(answer);
		expect({ uuid, spaceId }).toEqual({
			uuid: files.welcome.dentryUuid,
			spaceId: drive.spaceId,
		});
		expect((await query(id, drive.spaceId)).status).toBe(200);
		expect((await query(welcome)).status).toBe(404);
	});

	it('a folder with something in it is a task, and it stays where it is until then', async () => {
		const { invoices, invoicesMarch, empty } = folders;
		const answer = await change(invoices.dentryId, 'move', into(empty));
		expect(dentryOf(await query(invoicesMarch.dentryId))).toMatchObject({
			path: '/Invoices/2026/March',
		});
		await watch(answer);
		expect(dentryOf(await query(invoicesMarch.dentryId))).toMatchObject({
			path: '/Empty/Invoices/2026/March',
		});
	});

	it('twice renames the file, for it is in the way of itself', async () => {
		await change(welcome, 'move', into(folders.empty));
		const again = await change(welcome, 'move', into(folders.empty));
		expect(dentryOf(again).name).toBe('welcome (1).txt');
	});
});

describe.each(['copy', 'move'])('a %s where the name is taken', (what) => {
	const run = async (strategy: string) => {
		const first = await client.upload(folders.empty.dentryUuid, 'welcome.txt', 'there');
		const answer = await change(welcome, what, into(folders.empty, strategy));
		return { there: dentryOf(first), answer };
	};

	it('is refused', async () => {
		const { answer } = await run('RETURN_ERROR_IF_EXISTS');
		expect(codeOf(answer)).toEqual([400, 'dentryAlreadyExist']);
	});

	it('leaves what is there', async () => {
		const { there, answer } = await run('RETURN_DENTRY_IF_EXISTS');
		expect(dentryOf(answer).uuid).toBe(there.uuid);
		expect((await query(welcome)).status).toBe(200);
	});

	it('takes its place', async () => {
		const { there, answer } = await run('OVERWRITE');
		expect(dentryOf(answer).name).toBe('welcome.txt');
		expect((await query(there.id)).status).toBe(404);
	});
});

describe.each(['copy', 'move'])('a %s is refused', (what) => {
	it.each<[string, string, object, [number, string]]>([
		['without a target', welcome, {}, [400, 'paramError.targetSpaceId']],
		['into no space', welcome, { targetSpaceId: '1', targetFolderId: '0' }, [404, 'spaceNotExist']],
		['into no folder', welcome, into({ dentryId: '1' }), [404, 'dentryNotExist']],
		['into a file', welcome, into(files.welcome), [400, 'paramError.targetFolderId']],
		[
			'into itself',
			folders.invoices.dentryId,
			into(folders.invoices2026),
			[400, 'paramError.targetFolderId'],
		],
		[
			'with an unknown strategy',
			welcome,
			into(folders.empty, 'x'),
			[400, 'paramError.conflictStrategy'],
		],
		['of what is not there', '404', into(folders.empty), [404, 'dentryNotExist']],
	])('%s', async (_, dentryId, body, code) => {
		expect(codeOf(await change(dentryId, what, body))).toEqual(code);
	});

	it('for whom may only read there', async () => {
		const target = { targetSpaceId: readOnlyKnowledgeBase.spaceId, targetFolderId: '0' };
		expect(codeOf(await change(welcome, what, target))).toEqual([403, 'permissionDenied']);
	});
});

describe('deleting', () => {
	it('is for good, unless the recycle bin is asked for', async () => {
		const path = pathOf(drive.outline.dentryId, drive.spaceId);
		expect((await remove(path)).json).toEqual({ async: false });
		expect(service.recycled()).toEqual([]);
		expect(codeOf(await remove(path))).toEqual([404, 'dentryNotExist']);
	});

	it('puts a folder and what is in it into the recycle bin of a drive', async () => {
		const { sketches, sketch, spaceId } = drive;
		const answer = await remove(pathOf(sketches.dentryId, spaceId), { toRecycleBin: 'true' });
		expect((await query(sketch.dentryId, spaceId)).status).toBe(200);
		await watch(answer);
		expect((await query(sketch.dentryId, spaceId)).status).toBe(404);
		expect(service.recycled()).toEqual([sketches.dentryUuid]);
	});

	it('deletes nothing where there is no recycle bin', async () => {
		const answer = await remove(pathOf(welcome), { toRecycleBin: 'true' });
		expect(codeOf(answer)).toEqual([400, 'recycleBinNotSupportForSpace']);
		expect((await query(welcome)).status).toBe(200);
	});
});

describe('restoring a version', () => {
	const restore = async (dentryId: string, version: string) =>
		await send(
			`${service.apiUrl}${pathOf(dentryId)}/versions/${version}/revert?unionId=${unionId}`,
			{
				method: 'POST',
				headers: { 'x-acs-dingtalk-access-token': await client.token() },
			},
		);

	it('makes a new one with the content of the old one', async () => {
		const { dentryUuid } = folders.empty;
		await client.upload(dentryUuid, 'a.txt', 'one');
		const second = await client.upload(dentryUuid, 'a.txt', 'two', {
			conflictStrategy: 'OVERWRITE',
		});
		const { id } = dentryOf(second);
		expect((await restore(id, '1')).json).toEqual({ success: true });
		const [file] = service.files(dentryUuid);
		expect(file).toMatchObject({ version: 3, bytes: Buffer.from('one') });
		expect((await restore(id, '2')).json).toEqual({ success: true });
		expect(service.files(dentryUuid)[0]).toMatchObject({ version: 4, bytes: Buffer.from('two') });
	});

	it.each([
		['a version that is not there', welcome, '2'],
		['no number', welcome, 'x'],
		['a folder', folders.empty.dentryId, '1'],
	])('is refused: %s', async (_, dentryId, version) => {
		expect(codeOf(await restore(dentryId, version))).toEqual([400, 'paramError']);
	});
});

describe('a task', () => {
	it('that is not there is said to be so', async () => {
		const answer = await client.get('/v1.0/storage/tasks/1', { unionId });
		expect(codeOf(answer)).toEqual([404, 'taskNotExist']);
	});
});
