import type { IDataObject } from 'n8n-workflow';

import { isCancelled, toUploadError, type UploadError } from '../../shared/errors';
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
}

/** A file or folder; the fields are the service's, times are opaque texts. */
export type Dentry = IDataObject & { uuid?: string; name?: string };

/** Carrying a commit out twice gives the same file only with these. */
const HARMLESS_TWICE = new Set(['OVERWRITE', 'RETURN_DENTRY_IF_EXISTS']);

/**
 * Makes the uploaded bytes a file in the folder. Needs the permission Storage.File.Write.
 *
 * When the answer is lost the call is repeated only where the conflict strategy makes that
 * harmless; otherwise a second file could appear.
 *
 * @see https://open.dingtalk.com/document/development/submittal-file
 * @throws {UploadError} with `details.state: 'unknown'`, the upload key, name and parent when the
 * file may or may not be there
 */
export async function commitFile(client: DingTalkClient, request: CommitRequest): Promise<Dentry> {
	const { parentDentryUuid, unionId, uploadKey, name, option } = request;
	try {
		return await client.call({
			step: 'commit',
			method: 'POST',
			path: ['v2.0', 'storage', 'spaces', 'files', parentDentryUuid, 'commit'],
			query: { unionId },
			body: defined({ uploadKey, name, option: nonEmpty(defined({ ...option })) }),
			repeatable: HARMLESS_TWICE.has(option.conflictStrategy ?? ''),
			read: ({ dentry }) => (isDentry(dentry) ? dentry : undefined),
		});
	} catch (thrown) {
		const error = toUploadError(thrown);
		const lost = error.facts.outcomeUnknown && !isCancelled(error);
		throw lost ? stateUnknown(error, request) : toUploadError(error);
	}
}

function nonEmpty(fields: IDataObject): IDataObject | undefined {
	return Object.keys(fields).length > 0 ? fields : undefined;
}

function isDentry(value: unknown): value is Dentry {
	return (
		typeof value === 'object' &&
		value !== null &&
		typeof (value as Dentry).uuid === 'string' &&
		typeof (value as Dentry).name === 'string'
	);
}

function stateUnknown(error: UploadError, request: CommitRequest): UploadError {
	const { uploadKey, name, parentDentryUuid } = request;
	return error.with({
		title: `It is unknown whether "${name}" was committed`,
		description: `The bytes are stored, but the answer to the commit was lost (${error.facts.title}). Look into the folder before you run this again: a repeated commit could create a second file. If the file is not there, run Commit File with the upload key in the details.`,
		details: { state: 'unknown', uploadKey, fileName: name, parentDentryUuid },
	});
}
