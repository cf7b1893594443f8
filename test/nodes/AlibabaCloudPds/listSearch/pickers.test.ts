import { describe, expect, it } from 'vitest';

import { SEED, type PdsFault } from '../../../services/pds';
import { locator } from '../../support/rig';
import { usePdsRig } from '../support/rig';

const rig = usePdsRig();

const { own, archive, closed, marketing, chinese, ofOthers } = SEED.drives;
const { folders } = SEED;
const inMyFiles = { driveId: locator('list', own.driveId) };
const inArchive = { driveId: locator('list', archive.driveId) };

const app = { authType: 'jwtApp', appId: SEED.jwt.appId, privateKey: SEED.jwt.privateKey };
const { id: accessKeyId, secret: accessKeySecret } = SEED.accessKey;
const CREDENTIALS = {
	user: { ...app, subjectType: 'user', subject: SEED.jwt.userId },
	service: app,
	key: { authType: 'accessKey', accessKeyId, accessKeySecret },
	admin: { accessToken: SEED.adminToken },
};

const FORBIDDEN: PdsFault = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission' };

const names = (results: Array<{ name: string }>) => results.map(({ name }) => name);

const OF_USER = [
	'My Files (ID 1)',
	'Archive (ID 11)',
	'Closed (disabled, ID 12)',
	'Marketing (team, ID 101)',
	'产品资料 (team, ID 102)',
];

describe('the list of drives', () => {
	it.each([
		['an access token', {}],
		['a JWT app in the name of a user', CREDENTIALS.user],
	])("gives the user's own and those of the user's teams with %s", async (_, credential) => {
		const results = (await rig.allPages('searchDrives', {}, { credential })).flat();
		expect(names(results)).toEqual(OF_USER);
		const ids = [own, archive, closed, marketing, chinese].map(({ driveId }) => driveId);
		expect(results.map(({ value }) => value)).toEqual(ids);
		expect(rig.service.callsOf('listDrives')).toEqual([]);
		expect(rig.bodies('listMyDrives')).toEqual([{ limit: 100 }]);
		expect(rig.bodies('listMyGroupDrive')).toEqual([{ limit: 100 }]);
	});

	it.each([
		['an AccessKey', CREDENTIALS.key],
		['a JWT app in the name of the domain', CREDENTIALS.service],
	])('gives all drives of the domain with %s, a page at a time', async (_, credential) => {
		const pages = await rig.allPages('searchDrives', {}, { credential });
		expect(pages.map((page) => page.length)).toEqual([100, OF_USER.length + ofOthers.length - 100]);
		expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(125);
		expect(pages.flat().at(-1)).toEqual({ name: 'Default (ID 1120)', value: '1120' });
		expect(rig.callNames().filter((name) => name !== 'token')).toEqual([
			'listDrives',
			'listDrives',
		]);
		const [first, second] = rig.bodies('listDrives');
		expect(first).toEqual({ limit: 100 });
		expect(second).toEqual({ limit: 100, marker: expect.any(String) as string });
	});

	it('gives all drives of the domain with an access token of who has no drive', async () => {
		const pages = await rig.allPages('searchDrives', {}, { credential: CREDENTIALS.admin });
		expect(pages.flat()).toHaveLength(125);
	});

	it('asks for those of the domain when a token may not ask for its own', async () => {
		rig.service.fail({ call: 'listMyDrives', fault: FORBIDDEN });
		const pages = await rig.allPages('searchDrives', {}, { credential: CREDENTIALS.admin });
		expect(pages.flat()).toHaveLength(125);
		expect(rig.service.callsOf('listMyGroupDrive')).toEqual([]);
	});

	it('finds by a part of the name in any case, on the last page too', async () => {
		const found = await rig.allPages('searchDrives', {}, { filter: ' MARKET' });
		expect(names(found.flat())).toEqual(['Marketing (team, ID 101)']);
		const last = await rig.list(
			'searchDrives',
			{},
			{ filter: '1120', credential: CREDENTIALS.key },
		);
		expect(last.results).toEqual([{ name: 'Default (ID 1120)', value: '1120' }]);
	});

	it('finds Chinese names, and nothing where there is nothing', async () => {
		const found = await rig.allPages('searchDrives', {}, { filter: '产品' });
		expect(names(found.flat())).toEqual(['产品资料 (team, ID 102)']);
		expect((await rig.allPages('searchDrives', {}, { filter: 'no such thing' })).flat()).toEqual(
			[],
		);
		expect(rig.service.callsOf('listDrives')).toEqual([]);
	});

	it('does without the drives of teams where they are refused', async () => {
		rig.service.fail({ call: 'listMyGroupDrive', fault: FORBIDDEN });
		const { results, paginationToken } = await rig.list('searchDrives');
		expect(names(results)).toEqual(OF_USER.slice(0, 3));
		const next = await rig.list('searchDrives', {}, { paginationToken: paginationToken as string });
		expect(next).toEqual({ results: [] });
	});

	it.each(['listMyDrives', 'listMyGroupDrive'] as const)(
		'is not shown in part when the answer to %s makes no sense',
		async (call) => {
			const fault = { kind: 'answer', status: 200, body: {} } as const;
			rig.service.fail({ call, fault });
			await expect(rig.allPages('searchDrives')).rejects.toThrow(
				/^The answer from Alibaba Cloud PDS is incomplete.*choose "By ID"/s,
			);
			expect(rig.service.callsOf('listDrives')).toEqual([]);
		},
	);

	it.each([
		['a user', CREDENTIALS.user, 'listMyDrives'],
		['a key', CREDENTIALS.key, 'listDrives'],
		['a token', {}, 'listMyDrives'],
	] as const)('that is refused to %s names permission and way out', async (_, credential, call) => {
		rig.service.fail({ call, fault: FORBIDDEN });
		await expect(rig.list('searchDrives', {}, { credential })).rejects.toThrow(
			/^The account may not list drives\. .*DRIVE\.LIST.*choose "By ID".*code ForbiddenNoPermission/s,
		);
	});
});

describe('the list of folders', () => {
	it('begins with the root and shows folders by their paths', async () => {
		const pages = await rig.allPages('searchFolders', inMyFiles);
		expect(pages.flat()).toEqual([
			{ name: 'Root of the drive', value: 'root' },
			{ name: 'Empty', value: folders.empty.fileId },
			{ name: 'Invoices', value: folders.invoices.fileId },
			{ name: '合同 2026', value: folders.chinese.fileId },
			{ name: 'Invoices / 2025', value: folders.invoices2025.fileId },
			{ name: 'Invoices / 2026', value: folders.invoices2026.fileId },
			{ name: 'Invoices / 2026 / March', value: folders.invoicesMarch.fileId },
		]);
		expect(rig.bodies('listFile')[0]).toEqual({
			drive_id: own.driveId,
			parent_file_id: 'root',
			type: 'folder',
			order_by: 'name',
			order_direction: 'ASC',
			limit: 100,
		});
	});

	it('gives each of many folders once, over several pages', async () => {
		const pages = await rig.allPages('searchFolders', inArchive);
		expect(pages.length).toBeGreaterThan(2);
		const ids = pages.flat().map(({ value }) => value);
		expect(ids).toHaveLength(1 + SEED.manyFolders.length);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('finds by a part of the path', async () => {
		const found = await rig.allPages('searchFolders', inMyFiles, { filter: '2026 / m' });
		expect(names(found.flat())).toEqual(['Invoices / 2026 / March']);
		const last = await rig.allPages('searchFolders', inArchive, { filter: 'box 99' });
		expect(names(last.flat())).toEqual(['Box 99']);
		const root = await rig.allPages('searchFolders', inMyFiles, { filter: 'root' });
		expect(names(root.flat())).toEqual(['Root of the drive']);
	});

	it.each([
		['by ID', locator('id', ` ${own.driveId} `)],
		['by the plain text of an older workflow', own.driveId],
	])('works when the drive is given %s', async (_, driveId) => {
		const pages = await rig.allPages('searchFolders', { driveId });
		expect(pages.flat()).toHaveLength(7);
	});

	it('has no files, should the service list them too', async () => {
		const items = [
			{ file_id: 'a', name: 'a.txt', type: 'file' },
			{ file_id: 'b', name: 'b', type: 'folder' },
		];
		const body = { items, next_marker: '' };
		rig.service.fail({ call: 'listFile', fault: { kind: 'answer', status: 200, body } });
		const pages = await rig.allPages('searchFolders', inMyFiles);
		expect(names(pages.flat())).toEqual(['Root of the drive', 'b']);
	});

	it('goes on without what is in a folder that the account may not look into', async () => {
		const isInvoices = ({ body }: { body?: unknown }) =>
			(body as { parent_file_id: string }).parent_file_id === folders.invoices.fileId;
		rig.service.fail({ call: 'listFile', when: isInvoices, fault: FORBIDDEN });
		const pages = await rig.allPages('searchFolders', inMyFiles);
		expect(names(pages.flat())).toEqual(['Root of the drive', 'Empty', 'Invoices', '合同 2026']);
	});

	it('asks for a drive first', async () => {
		await expect(rig.list('searchFolders')).rejects.toThrow(/No drive is chosen.*Choose the drive/);
		expect(rig.service.calls).toEqual([]);
	});

	it('that is refused names permission and way out', async () => {
		rig.service.fail({ call: 'listFile', fault: FORBIDDEN });
		await expect(rig.list('searchFolders', inMyFiles)).rejects.toThrow(
			/^The account may not list folders\. .*FILE\.LIST.*choose "By ID".*code ForbiddenNoPermission/s,
		);
	});

	it('says that the drive does not exist', async () => {
		const driveId = locator('id', '2');
		await expect(rig.list('searchFolders', { driveId })).rejects.toThrow(
			/^The drive does not exist\. .*code NotFound\.Drive, request id/,
		);
	});
});

describe.each(['searchDrives', 'searchFolders'])('%s', (method) => {
	it('names a wrong token in its message', async () => {
		const opened = rig.list(method, inMyFiles, { credential: { accessToken: 'wrong' } });
		await expect(opened).rejects.toThrow(/^Alibaba Cloud PDS did not accept the access token\./);
	});

	it('names a service that cannot be reached in its message', async () => {
		const opened = rig.list(method, inMyFiles, { credential: { apiBaseUrl: 'ftp://nowhere' } });
		await expect(opened).rejects.toThrow(/not a web address/);
	});
});
