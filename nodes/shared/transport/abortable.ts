import { TransportError } from './transport-error';

/** What the work gives, or throws as soon as the signal is aborted; the work itself may go on. */
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
