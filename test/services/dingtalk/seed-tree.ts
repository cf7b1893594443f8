import { SEED, type SeedKnowledgeBase } from './seed';
import { type Entry, type Role, Tree, type Workspace } from './tree';
import { knownId, knownNumber } from '../core/ids';

/** 2026-01-05T08:00:00Z: when everything in the seed was made. */
const SEEDED_AT = Date.UTC(2026, 0, 5, 8);

/** A fresh copy of what is there from the start. */
export function seedTree(): { tree: Tree; workspaces: Workspace[] } {
	planted ??= plant();
	return { tree: planted.tree.copy(), workspaces: planted.workspaces };
}

/** Made once in a process: to make it takes longer than most tests do. */
let planted: ReturnType<typeof plant> | undefined;

function plant(): { tree: Tree; workspaces: Workspace[] } {
	const tree = new Tree();
	const creatorId = SEED.operator.unionId;

	const addWorkspace = (
		base: SeedKnowledgeBase,
		type: Workspace['type'],
		roles: Array<[string, Role]>,
	): Workspace => {
		const workspace: Workspace = {
			...base,
			rootUuid: base.rootDentryUuid,
			type,
			roles: new Map(roles),
		};
		tree.add({
			workspace,
			type: 'FOLDER',
			name: base.name,
			creatorId,
			createdAt: SEEDED_AT,
			uuid: base.rootDentryUuid,
			id: '0',
			seeded: true,
		});
		return workspace;
	};

	const addEntry = (
		known: { name: string; path: string; dentryUuid: string; dentryId: string },
		workspace: Workspace,
		parentUuid: string,
		more: Partial<Entry>,
	): void => {
		tree.add({
			workspace,
			parent: tree.get(parentUuid),
			type: 'FILE',
			name: known.name,
			uuid: known.dentryUuid,
			id: known.dentryId,
			creatorId,
			createdAt: SEEDED_AT,
			seeded: true,
			...more,
		});
	};

	const mine = addWorkspace(SEED.myDocuments, 'PERSONAL', [[creatorId, 'MANAGER']]);
	const others = addWorkspace(SEED.otherUserDocuments, 'PERSONAL', [
		[SEED.otherUser.unionId, 'MANAGER'],
	]);
	const teams = SEED.knowledgeBases.map((base) =>
		addWorkspace(base, 'TEAM', [
			[creatorId, base === SEED.readOnlyKnowledgeBase ? 'READER' : 'MANAGER'],
		]),
	);
	const [handbook, archive] = teams;

	const { invoices, invoices2025, invoices2026, invoicesMarch, chinese, empty } = SEED.folders;
	for (const folder of [invoices, chinese, empty]) {
		addEntry(folder, handbook, handbook.rootUuid, { type: 'FOLDER' });
	}
	for (const folder of [invoices2025, invoices2026]) {
		addEntry(folder, handbook, invoices.dentryUuid, { type: 'FOLDER' });
	}
	addEntry(invoicesMarch, handbook, invoices2026.dentryUuid, { type: 'FOLDER' });
	for (const document of Object.values(SEED.documents)) {
		const { docKey, dentryKey, shortId } = document;
		addEntry(document, handbook, handbook.rootUuid, {
			docKey,
			dentryKey,
			shortId,
			storageDriver: 'ALIDOC',
		});
	}
	addEntry(SEED.files.welcome, handbook, handbook.rootUuid, { size: 12 });

	const { outline, sketches, sketch } = SEED.drive;
	const drive = addWorkspace(SEED.drive, 'DRIVE', [[creatorId, 'MANAGER']]);
	addEntry(outline, drive, drive.rootUuid, { size: 8 });
	addEntry(sketches, drive, drive.rootUuid, { type: 'FOLDER' });
	addEntry(sketch, drive, sketches.dentryUuid, { size: 16 });

	for (let n = 1; n <= 120; n++) {
		const name = `Folder ${String(n).padStart(3, '0')}`;
		const path = `archive/${name}`;
		const ids = { dentryUuid: knownId(path), dentryId: knownNumber(path) };
		addEntry({ name, path, ...ids }, archive, archive.rootUuid, { type: 'FOLDER' });
	}
	return { tree, workspaces: [mine, others, ...teams, drive] };
}
