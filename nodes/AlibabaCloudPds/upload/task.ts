import type { Logger } from 'n8n-workflow';

import type { FileSource } from '../../shared/binary';
import { UploadError } from '../../shared/errors';
import type { PdsClient } from '../api/client';
import type { UploadRef } from '../api/upload-ref';
import type { Slots } from './slots';

/** What to do when a file of this name is in the folder; `overwrite` is the node's own. */
export type CheckNameMode = 'ignore' | 'auto_rename' | 'refuse' | 'overwrite';

/** One file to upload. */
export interface UploadTask {
	client: PdsClient;
	source: Pick<FileSource, 'size' | 'open'>;
	driveId: string;
	parentFileId: string;
	name: string;
	contentType?: string;
	checkNameMode?: CheckNameMode;
	/** Bytes. */
	partSize: number;
	/** Whether to offer the hash first, so that bytes that are stored need not be sent. */
	rapidUpload: boolean;
	/** An unfinished upload to go on with. */
	resume?: { fileId: string; uploadId: string };
	/** Parts at a time, over all files of the execution. */
	concurrency: number;
	slots: Slots;
	/** Drives that were found not to take parts in any order; shared by the execution. */
	sequentialDrives: Set<string>;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	logger?: Logger;
}

/** An upload that was begun. */
export interface Session extends UploadRef {
	/** Whether parts may be uploaded in any order. */
	parallel: boolean;
	/** Bytes of each part but the last. */
	partSize: number;
}

/**
 * The storage holds other bytes under the upload than the file has: nothing can be added to it, and
 * parts cannot be replaced.
 */
export function otherContent(partNumber: number): UploadError {
	return new UploadError({
		title: 'The unfinished upload holds the bytes of another file',
		description:
			'It was begun with another file or another part size. Remove the option "Resume" to upload from the beginning.',
		code: OTHER_CONTENT,
		step: 'putPart',
		details: { partNumber },
	});
}

export const OTHER_CONTENT = 'UPLOAD_DIFFERS';

/** A part was cut so early that the storage will not complete the upload, and it cannot be replaced. */
export function tooShortPart(partNumber: number): UploadError {
	return new UploadError({
		title: 'A part of the upload was cut so early that the upload cannot be completed',
		description: 'Run the workflow again to upload from the beginning.',
		code: TOO_SHORT_PART,
		step: 'putPart',
		details: { partNumber },
	});
}

export const TOO_SHORT_PART = 'PART_TOO_SHORT';
