import type { PdsFile, PdsUpload } from './types';
import type { Entry, Upload, World } from './world';

function fileOf(entry: Entry): PdsFile {
	const { fileId, driveId, parentFileId, name, contentType, revision, rapid } = entry;
	const { size, md5, sha1, sha256, crc64, bytes } = entry;
	return {
		...{ fileId, driveId, parentFileId, name, contentType, revision, rapid },
		...{ size, md5, sha1, sha256, crc64, ...(bytes && { bytes }) },
	};
}

function uploadOf({ uploadId, file, parallel, parts }: Upload): PdsUpload {
	return {
		uploadId,
		fileId: file.fileId,
		name: file.name,
		parallel,
		parts: [...parts.values()]
			.sort((a, b) => a.partNumber - b.partNumber)
			.map(({ partNumber, size, etag }) => ({ partNumber, size, etag })),
	};
}

/** The finished files. */
export function finishedFiles({ entries }: Pick<World, 'entries'>): PdsFile[] {
	return [...entries.values()].filter((entry) => entry.type === 'file').map(fileOf);
}

/** The uploads that were neither completed nor given up. */
export function openUploads({ uploads }: Pick<World, 'uploads'>): PdsUpload[] {
	return [...uploads.values()].map(uploadOf);
}
