import type { PdsControls, PdsFile, PdsUpload } from './types';
import type { Entry, Upload, World } from './world';

function fileOf(entry: Entry): PdsFile {
	const { fileId, driveId, parentFileId, name, contentType, revision, rapid } = entry;
	const { size, md5, sha1, sha256, crc64, bytes } = entry;
	return {
		fileId,
		driveId,
		parentFileId,
		name,
		contentType,
		revision,
		rapid,
		size,
		md5,
		sha1,
		sha256,
		crc64,
		...(bytes && { bytes }),
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

/** What tests see of a service, and do to it. */
export function controls(world: World): PdsControls {
	return {
		calls: world.recorder.calls,
		callsOf: (name) => world.recorder.calls.filter((call) => call.name === name),
		connections: (front) => world.recorder.connections(front),
		files: () => [...world.entries.values()].filter((entry) => entry.type === 'file').map(fileOf),
		uploads: () => [...world.uploads.values()].map(uploadOf),
		abortUpload: (uploadId) => {
			world.uploads.delete(uploadId);
		},
		fail: (rule) => world.faults.add(rule),
		reset: () => world.reset(),
		revokeTokens: () => world.tokens.revokeAll(),
	};
}
