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
	/** Whether to send the hash first, so that stored content need not be sent again. */
	rapidUpload: boolean;
	/** An unfinished upload to continue. */
	resume?: Resume;
	/** The error of an earlier try, if it is unknown whether that try completed the upload. */
	unknown?: UploadError;
	/** Number of concurrent parts, over all files of the execution. */
	concurrency: number;
	buffers: BufferPool;
	/** Drives found to accept parts only in sequence; shared by the execution. */
	sequentialDrives: Set<string>;
	/** The uploads that the service has begun for the files of the execution. */
	issued: Issued;
	/** Milliseconds without progress. */
	timeout: number;
	/** Aborted when another file has failed. */
	signal: AbortSignal;
	logger?: Logger;
}

/** An upload that was started. */
export interface Session extends UploadRef {
	/** Whether parts may be uploaded in any order. */
	parallel: boolean;
	/** Bytes of each part except the last. */
	partSize: number;
}

/** Checksums of a file that was read. */
export interface Checksums {
	/** Upper-case hex. */
	sha1: string;
	/** Unsigned decimal. */
	crc64: string;
}

/** What was read and stored, part by part. */
export interface Sent extends Checksums {
	/** Total of all parts. */
	bytes: number;
}

/** Returns the options for reading the file of a task. @param own default: the task's signal */
export function readingOf({ client, timeout, signal }: UploadTask, own = signal): ReadOptions {
	return { transport: client.transport, timeout, signal: own };
}

/**
 * Creates the error for an unfinished upload whose stored bytes are not those of the file: parts
 * can be neither added nor replaced.
 */
export function otherContent(partNumber: number): UploadError {
	return ownError({
		title: 'The unfinished upload holds the bytes of another file',
		description:
			'It was started with another file or part size. Remove the option "Resume" to upload from the beginning.',
		outcome: 'refused',
		code: 'UPLOAD_DIFFERS',
		step: 'putPart',
		details: { partNumber },
	});
}

/**
 * Creates the error for a part that was cut off so early that the storage will not complete the
 * upload; it cannot be replaced.
 */
export function tooShortPart(partNumber: number): UploadError {
	return ownError({
		title: 'A part was cut off so early that the upload cannot be completed',
		description: 'Run the workflow again to upload from the beginning.',
		outcome: 'refused',
		code: 'PART_TOO_SHORT',
		step: 'putPart',
		details: { partNumber },
	});
}
