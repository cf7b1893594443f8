import { ownError, recover, type UploadError } from '../../shared/errors';
import { issuedTwice } from '../../shared/issued';
import { createFile, type CreatedFile, type CreateFileRequest } from '../api/create-file';
import { hasCode } from '../api/service-error';
import { preHashOf, sha1Of } from './hashes';
import { PartUrls, URLS_PER_CALL } from './part-urls';
import { partCount } from './plan';
import { readingOf, type Session, type UploadTask } from './task';

/** The result of requesting a new file. */
export type Begun =
	| { session: Session; urls: PartUrls }
	/** There is nothing to send. @param sha1 of the content that the service already had */
	| { fileId: string; because: 'exist' | 'rapidUpload'; sha1?: string };

/**
 * Requests a new file, or a new version of an existing one.
 *
 * The service has no mode `overwrite`: a request with `refuse` finds an existing file, which then
 * gets a new version.
 */
export async function begin(task: UploadTask): Promise<Begun> {
	const { client, driveId, source, partSize, checkNameMode } = task;
	let request = await firstRequest(task);
	for (;;) {
		const asked = Date.now();
		const created = await create(task, request);
		if (created === 'notParallel') {
			request = { ...request, parallel: false, parts: firstParts(task, false) };
			continue;
		}
		if (created === 'hashWanted') {
			const contentHash = await sha1Of(source, readingOf(task));
			request = { ...request, preHash: undefined, contentHash };
			continue;
		}
		const { fileId, uploadId, exist, rapidUpload, parts } = created;
		if (rapidUpload) return { fileId, because: 'rapidUpload', sha1: request.contentHash };
		if (exist) {
			if (created.type === 'folder') throw isFolder(fileId);
			if (request.fileId) throw noNewVersion(created);
			if (checkNameMode !== 'overwrite') return existing(created);
			request = { ...request, fileId };
			continue;
		}
		if (!task.issued.take(task, uploadId)) throw issuedTwice('Alibaba Cloud PDS', 'create');
		const parallel = request.parallel === true;
		const session = { driveId, fileId, uploadId, parallel, partSize };
		const urls = new PartUrls(client, session, partCount(source.size, partSize));
		urls.keep(parts, asked);
		return { session, urls };
	}
}

/**
 * Returns the existing file of that name, which the user wants to keep.
 *
 * @throws {UploadError} `NOT_AVAILABLE` while that file is itself being uploaded
 */
function existing({ fileId, status }: CreatedFile): Begun {
	if (status === undefined || status === 'available') return { fileId, because: 'exist' };
	throw ownError({
		title: 'Another upload of a file with this name is not finished',
		description:
			'So there is no file to keep. Wait until it is finished, or choose another "Conflict Strategy". An abandoned upload is cleaned up after ten days.',
		outcome: 'refused',
		code: 'NOT_AVAILABLE',
		step: 'create',
		details: { fileId, status },
	});
}

/** Creates the error for a folder that already has the name of the file. */
export function isFolder(fileId: string): UploadError {
	return ownError({
		title: 'A folder already has this name',
		description:
			'Nothing was uploaded. Choose another name in the option "File Name", or a "Conflict Strategy" other than Refuse and Overwrite.',
		outcome: 'refused',
		code: 'NAME_OF_FOLDER',
		step: 'create',
		details: { fileId },
	});
}

/** Creates the error for a service that refuses a new version because the file exists. */
function noNewVersion({ fileId }: CreatedFile): UploadError {
	return ownError({
		title: 'Alibaba Cloud PDS did not accept a new version of the file',
		description:
			'It reports again that a file with this name exists, so nothing was uploaded. Choose another "Conflict Strategy", or delete the file in PDS.',
		outcome: 'refused',
		code: 'NOT_OVERWRITTEN',
		step: 'create',
		details: { fileId },
	});
}

async function firstRequest(task: UploadTask): Promise<CreateFileRequest> {
	const { driveId, parentFileId, name, source, contentType, checkNameMode } = task;
	const { size } = source;
	const { partSize, concurrency, sequentialDrives, rapidUpload } = task;
	const parallel = concurrency > 1 && size > partSize && !sequentialDrives.has(driveId);
	return {
		driveId,
		parentFileId,
		name,
		size,
		contentType,
		checkNameMode: checkNameMode === 'overwrite' ? 'refuse' : checkNameMode,
		parts: firstParts(task, parallel),
		parallel,
		preHash: rapidUpload ? await preHashOf(source, readingOf(task)) : undefined,
	};
}

/** Returns the parts to request first: in a parallel upload only one is known before reading. */
function firstParts({ source, partSize }: UploadTask, parallel: boolean) {
	if (parallel) return [{ part_number: 1, parallel_sha1_ctx: { h: [], part_offset: 0 } }];
	const count = Math.min(URLS_PER_CALL, partCount(source.size, partSize));
	return Array.from({ length: count }, (_, index) => ({ part_number: index + 1 }));
}

type Created = CreatedFile | 'hashWanted' | 'notParallel';

async function create(
	{ client, sequentialDrives, driveId }: UploadTask,
	request: CreateFileRequest,
): Promise<Created> {
	return await recover<Created>(
		async () => await createFile(client, request),
		(error) => {
			if (request.preHash && hasCode(error, 'PreHashMatched')) return 'hashWanted';
			const notParallel = hasCode(error, 'InvalidParameterNotSupported.ParallelUpload');
			if (!request.parallel || !notParallel) return error;
			sequentialDrives.add(driveId);
			return 'notParallel';
		},
	);
}
