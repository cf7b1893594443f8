import type { Logger } from 'n8n-workflow';

import type { Content, ReadOptions } from '../../shared/binary';
import { ownError, type UploadError } from '../../shared/errors';
import type { Issued } from '../../shared/issued';
import type { PdsClient } from '../api/client';
import type { UploadRef } from '../api/upload-ref';
import type { CheckNameMode, Resume } from '../inputs/upload-options';
import type { BufferPool } from './buffer-pool';

/** One file to upload. */
export interface UploadTask {
	client: PdsClient;
	source: Content;
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
	resume?: Resume;
	/** Why it is unknown whether that upload was completed, if it is. */
	unknown?: UploadError;
	/** Parts at a time, over all files of the execution. */
	concurrency: number;
	buffers: BufferPool;
	/** Drives that were found to take parts in sequence only; shared by the execution. */
	sequentialDrives: Set<string>;
	/** The uploads that the service has begun for the files of the execution. */
	issued: Issued;
	/** Milliseconds without progress. */
	timeout: number;
	/** Aborted when another file has failed. */
	signal: AbortSignal;
	logger?: Logger;
}

/** An upload that was begun. */
export interface Session extends UploadRef {
	/** Whether parts may be uploaded in any order. */
	parallel: boolean;
	/** Bytes of each part but the last. */
	partSize: number;
}

/** Of a file that was read. */
export interface Checksums {
	/** Upper-case hex. */
	sha1: string;
	/** Unsigned decimal. */
	crc64: string;
}

/** What was read and is stored, part by part. */
export interface Sent extends Checksums {
	/** Of all parts together. */
	bytes: number;
}

/** How the file of a task is read. @param signal default: the task's own */
export function readingOf({ client, timeout, signal }: UploadTask, own = signal): ReadOptions {
	return { transport: client.transport, timeout, signal: own };
}

/**
 * The storage holds other bytes under the upload than the file has: nothing can be added to it, and
 * parts cannot be replaced.
 */
export function otherContent(partNumber: number): UploadError {
	return ownError({
		title: 'The unfinished upload holds the bytes of another file',
		description:
			'It was begun with another file or another part size. Remove the option "Resume" to upload from the beginning.',
		outcome: 'refused',
		code: 'UPLOAD_DIFFERS',
		step: 'putPart',
		details: { partNumber },
	});
}

/** A part was cut so early that the storage will not complete the upload, and it cannot be replaced. */
export function tooShortPart(partNumber: number): UploadError {
	return ownError({
		title: 'A part of the upload was cut so early that the upload cannot be completed',
		description: 'Run the workflow again to upload from the beginning.',
		outcome: 'refused',
		code: 'PART_TOO_SHORT',
		step: 'putPart',
		details: { partNumber },
	});
}
