import { TransportError } from './transport-error';

/**
 * Resolves with the result of the work, or rejects as soon as the signal is aborted. The work
 * itself may go on.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	let onAbort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(new TransportError('cancelled', '', false, 'ABORTED'));
	});
	if (signal.aborted) onAbort();
	signal.addEventListener('abort', onAbort);
	try {
		return await Promise.race([aborted, work]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
