import { ownError, toUploadError, type UploadError } from '../errors';
import { abortable, type ProgressWatch, type Transport } from '../transport';
import { unreadable, type Content } from './source';

export interface ReadOptions {
	transport: Pick<Transport, 'watch' | 'giveWay'>;
	/** Milliseconds without data from n8n's binary store after which reading is given up. */
	timeout: number;
	signal?: AbortSignal;
}

/**
 * Bytes after which everything else in the process goes first. What others do takes many cycles of
 * the event loop; if each of them had a piece of the file in it, they would be slow while it lasts.
 */
const GIVE_WAY_EVERY = 256 * 1024;

/**
 * Reads a file from its beginning, as fast as the consumer asks for it. Reading ends with the
 * execution or when the store stops delivering; leaving the loop closes the file.
 *
 * @throws {UploadError} when the file cannot be read
 */
export async function* readFile(
	source: Pick<Content, 'open'>,
	{ transport, timeout, signal }: ReadOptions,
): AsyncGenerator<Uint8Array> {
	const watch = transport.watch(timeout, signal);
	const iterator = source.open(watch.signal)[Symbol.asyncIterator]();
	let unseen = 0;
	try {
		for (;;) {
			watch.progress();
			const next = await abortable(iterator.next(), watch.signal).catch((cause: unknown) => {
				throw readError(cause, watch, timeout);
			});
			watch.rest();
			if (next.done) return;
			yield next.value;
			unseen += next.value.length;
			if (unseen >= GIVE_WAY_EVERY) {
				unseen = 0;
				await transport.giveWay();
			}
		}
	} finally {
		// Not awaited: a store that hangs would never return.
		watch.abort();
		void iterator.return?.().catch(() => undefined);
		watch.stop();
	}
}

function readError(cause: unknown, watch: ProgressWatch, timeout: number): UploadError {
	if (watch.stalled) return stalled(timeout);
	return watch.signal.aborted ? toUploadError(cause) : unreadable(cause);
}

function stalled(timeout: number): UploadError {
	return ownError({
		title: "n8n's binary store stopped delivering the file",
		description: `It delivered nothing for ${Math.round(timeout / 1000)} seconds. Check the store of the n8n server (disk, database or S3), or raise the option "Timeout".`,
		outcome: 'notSent',
		code: 'STORE_STALLED',
		retry: 'transient',
	});
}
