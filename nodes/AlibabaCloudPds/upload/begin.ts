import { toUploadError } from '../../shared/errors';
import { createFile, type CreatedFile, type CreateFileRequest } from '../api/create-file';
import { hasCode } from '../api/service-error';
import { preHashOf, sha1Of } from './hashes';
import { PartUrls, WINDOW } from './part-urls';
import { partCount } from './plan';
import type { Session, UploadTask } from './task';

/** What came of asking for a new file. */
export type Begun =
	| { session: Session; urls: PartUrls }
	/** There is nothing to send. */
	| { fileId: string; because: 'exist' | 'rapidUpload' };

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
		if (!created) {
			request = { ...request, parallel: false, parts: firstParts(task, false) };
			continue;
		}
		if (created === 'hashWanted') {
			request = { ...request, preHash: undefined, contentHash: await sha1Of(source) };
			continue;
		}
		const { fileId, uploadId, exist, rapidUpload, parts } = created;
		if (rapidUpload) return { fileId, because: 'rapidUpload' };
		if (exist && !request.fileId) {
			if (checkNameMode !== 'overwrite') return { fileId, because: 'exist' };
			request = { ...request, fileId };
			continue;
		}
		if (!uploadId) return { fileId, because: 'exist' };
		const parallel = request.parallel === true;
		const session = { driveId, fileId, uploadId, parallel, partSize };
		const urls = new PartUrls(client, session, partCount(source.size, partSize));
		urls.keep(parts, asked);
		return { session, urls };
	}
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
		preHash: rapidUpload ? await preHashOf(source) : undefined,
	};
}

/** Of parts in any order only the first is known before the file is read. */
function firstParts({ source, partSize }: UploadTask, parallel: boolean) {
	if (parallel) return [{ part_number: 1, parallel_sha1_ctx: { h: [], part_offset: 0 } }];
	const count = Math.min(WINDOW, partCount(source.size, partSize));
	return Array.from({ length: count }, (_, index) => ({ part_number: index + 1 }));
}

/** @returns undefined when the drive does not take parts in any order */
async function create(
	{ client, sequentialDrives, driveId }: UploadTask,
	request: CreateFileRequest,
): Promise<CreatedFile | 'hashWanted' | undefined> {
	try {
		return await createFile(client, request);
	} catch (thrown) {
		const error = toUploadError(thrown);
		if (request.preHash && hasCode(error, 'PreHashMatched')) return 'hashWanted';
		const notParallel = hasCode(error, 'InvalidParameterNotSupported.ParallelUpload');
		if (!request.parallel || !notParallel) throw toUploadError(error);
		sequentialDrives.add(driveId);
		return undefined;
	}
}
