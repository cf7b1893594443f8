import type { IDataObject } from 'n8n-workflow';

import { at, having, map, string, type Decoder } from '../../shared/decode';
import { recover, type Effect, type UploadError } from '../../shared/errors';
import { defined } from '../../shared/json';
import type { DingTalkClient } from './client';
import type { Dentry } from './dentry';

export type ConflictStrategy =
	'AUTO_RENAME' | 'OVERWRITE' | 'RETURN_DENTRY_IF_EXISTS' | 'RETURN_ERROR_IF_EXISTS';

export interface AppProperty {
	name: string;
	value: string;
	visibility: 'PUBLIC' | 'PRIVATE';
}

/** `option` of the commit call. */
export interface CommitOptions {
	/** Bytes; the service refuses a stored file of another size. */
	size?: number;
	/** The service's default is AUTO_RENAME. */
	conflictStrategy?: ConflictStrategy;
	/** At most three. */
	appProperties?: AppProperty[];
	convertToOnlineDoc?: boolean;
	/** Known values are DOC and WORKBOOK. */
	convertToOnlineDocTargetDocumentType?: string;
}

export interface CommitRequest {
	/** The same folder as in the upload info. */
	parentDentryUuid: string;
	unionId: string;
	uploadKey: string;
	/** With extension. */
	name: string;
	option: CommitOptions;
	/** The option "Timeout" in milliseconds, where the operation has it. */
	timeout?: number;
	/** Whether the dentry of an answer can be that of this commit, as far as the run knows. */
	isOwn?: (dentry: Dentry) => boolean;
}

/**
 * Milliseconds of silence to allow for a commit: the service responds only after converting a file,
 * which can take long.
 */
const PATIENCE = 120_000;

/** Returns what a repeated commit leaves behind: only two strategies lead to the same file. */
export function effectOf({ conflictStrategy }: CommitOptions): Effect {
	const same = conflictStrategy === 'OVERWRITE' || conflictStrategy === 'RETURN_DENTRY_IF_EXISTS';
	return same ? 'idempotent' : 'notIdempotent';
}

/**
 * Commits uploaded bytes as a file in the folder. Needs the permission Storage.File.Write.
 *
 * When the response is lost, the call is repeated only if the conflict strategy makes that
 * harmless; otherwise a second file could appear.
 *
 * @see https://open.dingtalk.com/document/development/submittal-file
 * @throws {UploadError} with the upload key, name and parent in its details when the outcome is
 * `unknown`: the file may or may not exist
 */
export async function commitFile(client: DingTalkClient, request: CommitRequest): Promise<Dentry> {
	const { parentDentryUuid, unionId, uploadKey, name, option, timeout = 0 } = request;
	const commit = async () =>
		await client.call({
			step: 'commit',
			method: 'POST',
			path: ['v2.0', 'storage', 'spaces', 'files', parentDentryUuid, 'commit'],
			query: { unionId },
			body: defined({ uploadKey, name, option: nonEmpty(defined({ ...option })) }),
			effect: effectOf(option),
			patience: Math.max(PATIENCE, timeout),
			read: map(at('dentry', storedDentry), (dentry) =>
				isOf(dentry, request) ? dentry : undefined,
			),
		});
	return await recover(commit, (error) =>
		error.facts.outcome === 'unknown' ? stateUnknown(error, request) : error,
	);
}

function nonEmpty(fields: IDataObject): IDataObject | undefined {
	return Object.keys(fields).length > 0 ? fields : undefined;
}

const storedDentry: Decoder<Dentry> = having({ uuid: string, name: string });

/**
 * Whether a dentry can be the result of the commit: a response about another one proves nothing.
 */
function isOf(dentry: Dentry, request: CommitRequest): boolean {
	const { type, status, size } = dentry;
	const { option, isOwn = () => true } = request;
	if (type === 'FOLDER' || status === 'DELETED') return false;
	const isOther =
		option.convertToOnlineDoc || option.conflictStrategy === 'RETURN_DENTRY_IF_EXISTS';
	const isSize = option.size === undefined || typeof size !== 'number' || size === option.size;
	return (isOther || isSize) && isOwn(dentry);
}

function stateUnknown(error: UploadError, request: CommitRequest): UploadError {
	const { uploadKey, name, parentDentryUuid } = request;
	return error.with({
		title: `It is unknown whether "${name}" was committed`,
		description: `The bytes are stored, but the response to the commit was lost (${error.facts.title}). Check the folder before you run this again: a repeated commit could create a second file. If the file is missing, run Commit File with the upload key from the details.`,
		details: { uploadKey, fileName: name, parentDentryUuid },
	});
}
