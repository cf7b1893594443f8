import { ownError, recover, type UploadError } from '../../shared/errors';
import { issuedTwice } from '../../shared/issued';
import { createFile, type CreatedFile, type CreateFileRequest } from '../api/create-file';
import { hasCode } from '../api/service-error';
import { preHashOf, sha1Of } from './hashes';
import { PartUrls, URLS_PER_CALL } from './part-urls';
import { partCount } from './plan';
import { readingOf, type Session, type UploadTask } from './task';

/** What came of asking for a new file. */
export type Begun =
	| { session: Session; urls: PartUrls }
	/** There is nothing to send. @param sha1 of what the service had already */
	| { fileId: string; because: 'exist' | 'rapidUpload'; sha1?: string };

/**
 * Asks the service for a new file, or a new version of one.
 *
 * The service has no mode `overwrite`: a file of the name is looked for with `refuse`, and then gets
 * a new version.
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

/** A file of the name is there, and the user wants it kept. */
function existing({ fileId, status }: CreatedFile): Begun {
	if (status === undefined || status === 'available') return { fileId, because: 'exist' };
	throw ownError({
		title: 'Another upload of a file with this name is not finished',
		description:
			'So there is no file that could be kept. Wait until it is finished, or choose another "Conflict Strategy": an upload that was given up is cleaned up after ten days.',
		outcome: 'refused',
		code: 'NOT_AVAILABLE',
		step: 'create',
		details: { fileId, status },
	});
}

/** What has the name of the file is a folder. */
export function isFolder(fileId: string): UploadError {
	return ownError({
		title: 'A folder already has this name',
		description:
			'So nothing was uploaded. Choose another name in the option "File Name", or a "Conflict Strategy" other than Refuse and Overwrite.',
		outcome: 'refused',
		code: 'NAME_OF_FOLDER',
		step: 'create',
		details: { fileId },
	});
}

/** The service was asked for a new version of a file, and says that it is there. */
function noNewVersion({ fileId }: CreatedFile): UploadError {
	return ownError({
		title: 'Alibaba Cloud PDS did not take a new version of the file',
		description:
			'It says again that a file with this name exists, so nothing was uploaded. Choose another "Conflict Strategy", or delete the file in PDS.',
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

/** Of parts in any order only the first is known before the file is read. */
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
