import type { Logger } from 'n8n-workflow';

import type { Content } from '../binary';
import { progressLog } from '../progress';
import { withRetry } from '../retry';
import type { Transport } from '../transport';
import { putObject, type PutResult, type SignedTarget } from './put-object';
import { SignedAccess, type SignedAccessOptions } from './signed-access';

export interface PutFileOptions<Target extends SignedTarget> extends SignedAccessOptions<Target> {
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
	const { transport, logger, step, fileName, timeout, signal } = options;
	const access = new SignedAccess(options);

	const put = async (target: Target): Promise<PutFileResult<Target>> => {
		const { attempts } = access;
		const onProgress = progressLog(logger, { fileName, size: source.size, attempt: attempts });
		const settings = { transport, step, timeout, signal, onProgress };
		const result = await putObject(target, source, settings);
		return { ...result, target, attempts };
	};

	return await withRetry(async () => await access.use(put), {
		transport,
		signal,
		onRetry: ({ facts }, wait) =>
			logger?.warn(
				`Upload of "${fileName}": ${facts.title}; attempt ${access.attempts + 1} in ${Math.round(wait)} ms`,
				{ fileName, code: facts.code, requestId: facts.requestId },
			),
	});
}
