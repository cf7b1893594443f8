import type { Logger } from 'n8n-workflow';

import { isOwn, recover, type UploadError } from '../errors';
import { withRetry, type RetryOptions } from '../retry';
import { LinkedAbort, type Transport } from '../transport';
import { ObjectReader } from './object-reader';
import type { SignedTarget } from './put-object';
import { SignedAccess, type SignedAccessOptions } from './signed-access';

export interface GetFileOptions<Target extends SignedTarget> extends SignedAccessOptions<Target> {
	transport: Transport;
	logger?: Logger;
	step: string;
	fileName: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
}

/** A file that is arriving. */
export interface IncomingFile {
	/** The media type that the storage tells. */
	contentType?: string;
	/** Its bytes, to be read once and to their end. */
	chunks: AsyncIterable<Uint8Array>;
}

export interface GetFileResult<Kept> {
	/** What became of the file. */
	kept: Kept;
	/** Number of bytes received. */
	bytes: number;
	/** CRC-64 of these bytes, unsigned decimal. */
	crc64: string;
	eTag?: string;
	requestId?: string;
	/** Number of GETs started. */
	attempts: number;
	/** Whether a checksum of the storage proves that these are its bytes. */
	isProved: boolean;
}

/**
 * Downloads a file. A broken transfer goes on where it stopped; where the storage cannot do that, its
 * beginning is sent again and compared. Everything starts again when the object has changed meanwhile
 * or when a checksum differs, because what was kept so far cannot be taken back.
 *
 * @param keep takes the bytes; called again, with the bytes from the beginning, after such an error.
 * Of an attempt whose chunks throw it must keep nothing.
 * @throws {UploadError} the last error
 */
export async function getFile<Target extends SignedTarget, Kept>(
	keep: (file: IncomingFile) => Promise<Kept>,
	options: GetFileOptions<Target>,
): Promise<GetFileResult<Kept>> {
	const { transport, logger, fileName, signal } = options;
	const access = new SignedAccess(options);
	const retries: RetryOptions = {
		transport,
		signal,
		onRetry: ({ facts }, wait) =>
			logger?.warn(
				`Download of "${fileName}": ${facts.title}; attempt ${access.attempts + 1} in ${Math.round(wait)} ms`,
				{ fileName, code: facts.code, requestId: facts.requestId },
			),
	};

	const once = async (): Promise<GetFileResult<Kept>> => {
		// Ends what is under way when the bytes are not wanted any more.
		const stop = new LinkedAbort([signal]);
		const mine = { signal: stop.signal, retries: { ...retries, signal: stop.signal } };
		const reader = new ObjectReader(access, { ...options, ...mine });
		try {
			const contentType = await reader.open();
			const kept = await keep({ contentType, chunks: reader.chunks() });
			return { kept, ...reader.result(), attempts: access.attempts };
		} finally {
			stop.abort();
			stop.unlink();
			reader.close();
		}
	};

	return await withRetry(async () => await recover(once, fromTheBeginning), retries);
}

/** The reader does not try again when the object has changed, but a new one may. */
function fromTheBeginning(error: UploadError): UploadError {
	return isOwn(error, 'FILE_CHANGED') ? error.with({ retry: 'transient' }) : error;
}
