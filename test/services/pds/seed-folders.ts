import { SEED } from './seed';
import type { Entry } from './world';

/** 2026-01-05T08:00:00Z: when everything in the seed was made. */
const SEEDED_AT = '2026-01-05T08:00:00.000Z';

/** Fresh copies of the folders that are there from the start, by file id. */
export function seedFolders(): Array<[string, Entry]> {
	return SEEDED.map((entry) => [entry.fileId, { ...entry }]);
}

const { folders, manyFolders, driveId, drives } = SEED;

const SEEDED = [
	...Object.values(folders).map((folder) => entryOf(folder, driveId)),
	...manyFolders.map((folder) => entryOf(folder, drives.archive.driveId)),
];

function entryOf(
	folder: { fileId: string; name: string; parentFileId: string },
	driveId: string,
): Entry {
	return {
		...folder,
		driveId,
		type: 'folder',
		...{ contentType: '', hidden: false, description: '', userTags: [], rapid: false },
		...{ size: 0, md5: '', sha1: '', sha256: '', crc64: '', preHash: '', contentHashName: 'sha1' },
		...{ revision: 1, createdAt: SEEDED_AT, updatedAt: SEEDED_AT },
	};
}
