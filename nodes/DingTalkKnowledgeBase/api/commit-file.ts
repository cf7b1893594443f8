import type { IDataObject } from 'n8n-workflow';

import { at, having, map, string, type Decoder } from '../../shared/decode';
import { recover, type Effect, type UploadError } from '../../shared/errors';
import { defined } from '../../shared/json';
import type { DingTalkClient } from './client';

export type ConflictStrategy =
	'AUTO_RENAME' | 'OVERWRITE' | 'RETURN_DENTRY_IF_EXISTS' | 'RETURN_ERROR_IF_EXISTS';

export interface AppProperty {
	name: string;
	value: string;
	visibility: 'PUBLIC' | 'PRIVATE';
}

/** `option` of the commit call. */
export interface CommitOptions {
	/** Bytes; a stored file of another size is refused. */
	size?: number;
	/** The service's default is AUTO_RENAME. */
	conflictStrategy?: ConflictStrategy;
	/** At most three. */
	appProperties?: AppProperty[];
	convertToOnlineDoc?: boolean;
	/** DOC or WORKBOOK are known. */
	convertToOnlineDocTargetDocumentType?: string;
}

export interface CommitRequest {
	/** The same as in the upload info. */
	parentDentryUuid: string;
	unionId: string;
	uploadKey: string;
	/** With extension. */
	name: string;
	option: CommitOptions;
	/** The option "Timeout", where the node has it: milliseconds. */
	timeout?: number;
	/** Whether the dentry of an answer can be that of this commit, as far as the run knows. */
	isOwn?: (uuid: string) => boolean;
}

/** A file or folder; the fields are the service's, times are opaque texts. */
export type Dentry = IDataObject & { uuid?: string; name?: string };

/** The service answers when a file is converted, which takes long: milliseconds. */
const PATIENCE = 120_000;

/** What carrying out the same commit twice leaves: the same file only with two of the strategies. */
export function effectOf({ conflictStrategy }: CommitOptions): Effect {
	const same = conflictStrategy === 'OVERWRITE' || conflictStrategy === 'RETURN_DENTRY_IF_EXISTS';
	return same ? 'idempotent' : 'notIdempotent';
}

/**
 * Makes the uploaded bytes a file in the folder. Needs the permission Storage.File.Write.
 *
 * When the answer is lost the call is repeated only where the conflict strategy makes that
 * harmless; otherwise a second file could appear.
 *
 * @see https://open.dingtalk.com/document/development/submittal-file
 * @throws {UploadError} with the upload key, name and parent in its details when its outcome is
 * `unknown`: the file may or may not be there
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

/** Whether a dentry can be what the commit has made: an answer about another one tells nothing. */
function isOf({ uuid = '', type, status, size }: Dentry, request: CommitRequest): boolean {
	const { option, isOwn = () => true } = request;
	if (type === 'FOLDER' || status === 'DELETED' || !isOwn(uuid)) return false;
	const isOther =
		option.convertToOnlineDoc || option.conflictStrategy === 'RETURN_DENTRY_IF_EXISTS';
	return isOther || option.size === undefined || typeof size !== 'number' || size === option.size;
}

function stateUnknown(error: UploadError, request: CommitRequest): UploadError {
	const { uploadKey, name, parentDentryUuid } = request;
	return error.with({
		title: `It is unknown whether "${name}" was committed`,
		description: `The bytes are stored, but the answer to the commit was lost (${error.facts.title}). Look into the folder before you run this again: a repeated commit could create a second file. If the file is not there, run Commit File with the upload key in the details.`,
		details: { uploadKey, fileName: name, parentDentryUuid },
	});
}
