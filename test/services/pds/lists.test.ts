import { describe, expect, it } from 'vitest';
import { SEED, startLocalPds } from './index';
import { useService } from '../core/use-service';
import { PdsClient, told } from './test-client';

const { own, archive, closed, marketing, chinese, ofOthers } = SEED.drives;
const { folders } = SEED;
const inInvoices = { parent_file_id: folders.invoices.fileId };
const admin = { authorization: `Bearer ${SEED.adminToken}` };
const service = useService(startLocalPds);
const client = new PdsClient(service);

interface List {
	items: Array<Record<string, unknown>>;
	next_marker: string;
}

/** All pages of a list. */
async function pages(
	path: string,
	fields: object = {},
	headers: Record<string, string> = {},
): Promise<List[]> {
	const all: List[] = [];
	let marker: string | undefined;
	do {
		const answer = await client.post(path, { ...fields, ...(marker && { marker }) }, headers);
		expect(answer.status, answer.text).toBe(200);
		all.push(answer.json as List);
		marker = all.at(-1)?.next_marker;
	} while (marker);
	return all;
}

async function idsOf(...call: Parameters<typeof pages>): Promise<unknown[]> {
	const all = await pages(...call);
	return all.flatMap(({ items }) => items.map((item) => item.file_id ?? item.drive_id));
}

describe('the drives', () => {
	it('of the caller are described as on the official page', async () => {
		const [{ items, next_marker }] = await pages('/v2/drive/list_my_drives');
		expect(next_marker).toBe('');
		expect(items.map(({ drive_id: id }) => id)).toEqual(
			[own, archive, closed].map(({ driveId }) => driveId),
		);
		expect(items[0]).toMatchObject({
			domain_id: SEED.domainId,
			drive_name: 'My Files',
			owner: SEED.jwt.userId,
			owner_type: 'user',
			drive_type: 'normal',
			status: 'enabled',
		});
		expect(items[2].status).toBe('disabled');
	});

	it("of the caller's teams are listed apart", async () => {
		const ids = await idsOf('/v2/drive/list_my_group_drive');
		expect(ids).toEqual([marketing.driveId, chinese.driveId]);
	});

	it('of the domain are for administrators only, 100 at a time', async () => {
		const path = '/v2/drive/list';
		expect(told(await client.post(path, {}))).toEqual([403, 'ForbiddenNoPermission']);
		const all = await pages(path, {}, admin);
		expect(all.map(({ items }) => items.length)).toEqual([100, 5 + ofOthers.length - 100]);
		expect(await idsOf(path, { owner: ofOthers[7].owner }, admin)).toEqual([ofOthers[7].driveId]);
		const teams = [marketing.driveId, chinese.driveId];
		expect(await idsOf(path, { owner_type: 'group' }, admin)).toEqual(teams);
		expect(await idsOf('/v2/drive/list_my_drives', {}, admin)).toEqual([]);
		expect(await idsOf('/v2/drive/list_my_group_drive', {}, admin)).toEqual([]);
	});
});

describe('what is in a folder', () => {
	const path = '/v2/file/list';
	const root = { drive_id: SEED.driveId, parent_file_id: 'root' };

	it('is listed in the order in which it was made, files and folders', async () => {
		await client.upload(Buffer.from('x'), { name: 'a.txt' });
		const [{ items }] = await pages(path, root);
		expect(items.map(({ name, type }) => [name, type])).toEqual([
			['Invoices', 'folder'],
			['合同 2026', 'folder'],
			['Empty', 'folder'],
			['a.txt', 'file'],
		]);
		expect(items[0]).toMatchObject({
			drive_id: SEED.driveId,
			file_id: folders.invoices.fileId,
			parent_file_id: 'root',
			status: 'available',
		});
	});

	it('is chosen by kind and sorted', async () => {
		await client.upload(Buffer.from('x'), { name: 'a.txt' });
		const byName = { ...root, type: 'folder', order_by: 'name' };
		const { empty, invoices, chinese: contracts } = folders;
		const names = [empty.fileId, invoices.fileId, contracts.fileId];
		expect(await idsOf(path, byName)).toEqual(names);
		const down = { ...byName, order_direction: 'DESC' };
		expect(await idsOf(path, down)).toEqual(names.reverse());
		expect(await idsOf(path, { ...root, type: 'file' })).toHaveLength(1);
	});

	it('comes in pages, from each drive its own', async () => {
		const many = { drive_id: archive.driveId, parent_file_id: 'root' };
		const all = await pages(path, many);
		expect(all.map(({ items }) => items.length)).toEqual([100, 100, 30]);
		const ids = all.flatMap(({ items }) => items.map(({ file_id: id }) => id));
		expect(ids).toEqual(SEED.manyFolders.map(({ fileId }) => fileId));
		expect(await idsOf(path, { ...root, parent_file_id: folders.invoices.fileId })).toEqual([
			folders.invoices2025.fileId,
			folders.invoices2026.fileId,
		]);
	});

	it.each<[string, object, string]>([
		['no parent', { parent_file_id: undefined }, 'InvalidParameter'],
		['another parent', { parent_file_id: 'x' }, 'NotFound.File'],
		['a folder of another drive', { drive_id: archive.driveId, ...inInvoices }, 'NotFound.File'],
		['another drive', { drive_id: '2' }, 'NotFound.Drive'],
		['no drive', { drive_id: undefined }, 'InvalidParameterMissing.DriveId'],
		['another type', { type: 'link' }, 'InvalidParameter'],
		['101 at once', { limit: 101 }, 'InvalidParameterOutOfRange.Limit'],
		['none', { limit: 0 }, 'InvalidParameterOutOfRange.Limit'],
		["another list's marker", { marker: 'x' }, 'InvalidParameter.Marker'],
	])('is refused for %s', async (_what, fields, code) => {
		expect(told(await client.post(path, { ...root, ...fields }))[1]).toBe(code);
	});
});
