import type { Logger } from 'n8n-workflow';

import type { FileSource } from '../binary';
import { toUploadError } from '../errors';
import { progressLog } from '../progress';
import { withRetry } from '../retry';
import type { Transport } from '../transport';
import { isStaleSignature } from './oss-error';
import { putObject, type PutResult, type PutTarget } from './put-object';

/** Leave to make one PUT for a while. */
export interface Permit {
	target: PutTarget;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

export interface PutWithPermitOptions<P extends Permit> {
	permit: P;
	/** Asks for a new permit; without it an expired one is an error. */
	renew?: () => Promise<P>;
	transport: Transport;
	logger?: Logger;
	step: string;
	fileName: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
}

export interface PutWithPermitResult<P extends Permit> extends PutResult {
	/** The one that the bytes were stored with. */
	permit: P;
	/** PUTs that were begun. */
	attempts: number;
}

/** A permit is replaced this long before its end: milliseconds. */
const MARGIN = 60_000;

/**
 * Uploads a file, again from its beginning after errors that may pass, and with a new permit when
 * the old one is about to end or, once, when the storage refuses it.
 *
 * @throws {UploadError} the last error
 */
export async function putWithPermit<P extends Permit>(
	source: Pick<FileSource, 'size' | 'open'>,
	options: PutWithPermitOptions<P>,
): Promise<PutWithPermitResult<P>> {
	const { renew, transport, logger, step, fileName, timeout, signal } = options;
	let { permit } = options;
	let attempts = 0;
	let renewedAfterRefusal = false;

	const put = async (): Promise<PutWithPermitResult<P>> => {
		if (renew && permit.expiresAt - MARGIN < Date.now()) permit = await renew();
		attempts++;
		const onProgress = progressLog(logger, { fileName, size: source.size, attempt: attempts });
		const settings = { transport, step, timeout, signal, onProgress };
		const result = await putObject(permit.target, source, settings);
		return { ...result, permit, attempts };
	};

	const putOrRenew = async (): Promise<PutWithPermitResult<P>> => {
		try {
			return await put();
		} catch (thrown) {
			const error = toUploadError(thrown);
			if (!renew || renewedAfterRefusal || !isStaleSignature(error)) throw toUploadError(error);
			renewedAfterRefusal = true;
			permit = await renew();
			return await put();
		}
	};

	return await withRetry(putOrRenew, {
		transport,
		signal,
		onRetry: ({ facts }, wait) =>
			logger?.warn(
				`Upload of "${fileName}": ${facts.title}; attempt ${attempts + 1} in ${Math.round(wait)} ms`,
				{ fileName, code: facts.code, requestId: facts.requestId },
			),
	});
}
