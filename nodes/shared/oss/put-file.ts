import type { Logger } from 'n8n-workflow';

import type { Content } from '../binary';
import { recover, type UploadError } from '../errors';
import { progressLog } from '../progress';
import { withRetry } from '../retry';
import { TransportError, type Transport } from '../transport';
import { isStaleSignature } from './oss-error';
import { putObject, type PutResult, type SignedTarget } from './put-object';

export interface PutFileOptions<Target extends SignedTarget> {
	target: Target;
	/** Fetches a new target; without it, an expired target is an error. */
	renew?: () => Promise<Target>;
	transport: Transport;
	logger?: Logger;
	step: string;
	fileName: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
}

export interface PutFileResult<Target extends SignedTarget> extends PutResult {
	/** The target with which the bytes were stored. */
	target: Target;
	/** Number of PUTs started. */
	attempts: number;
}

/** A target is replaced this many milliseconds before it expires. */
const MARGIN = 60_000;

/**
 * Uploads a file, and starts again from its beginning after errors that may pass. Gets a new target
 * when the old one is about to expire, when a connection broke and, once and without waiting, when
 * the storage refuses it.
 *
 * @throws {UploadError} the last error
 */
export async function putFile<Target extends SignedTarget>(
	source: Content,
	options: PutFileOptions<Target>,
): Promise<PutFileResult<Target>> {
	const { renew, transport, logger, step, fileName, timeout, signal } = options;
	let { target } = options;
	let attempts = 0;
	let suspect = false;
	let refused = false;

	const put = async (): Promise<PutFileResult<Target>> => {
		if (renew && (suspect || target.expiresAt - MARGIN < Date.now())) target = await renew();
		suspect = false;
		attempts++;
		const onProgress = progressLog(logger, { fileName, size: source.size, attempt: attempts });
		const settings = { transport, step, timeout, signal, onProgress };
		const result = await putObject(target, source, settings);
		return { ...result, target, attempts };
	};

	const putOrRenew = async () =>
		await recover(put, async (error) => {
			const isStale = isStaleSignature(error);
			suspect = isStale || isBroken(error);
			if (!isStale || !renew || refused) return error;
			refused = true;
			return await put();
		});

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

/** Whether the connection broke, which is also how some storages refuse a signature. */
function isBroken({ facts }: UploadError): boolean {
	return facts.cause instanceof TransportError && facts.cause.failure === 'reset';
}
