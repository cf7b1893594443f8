import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { ownError, toUploadError, UploadError } from '../errors';
import { abortable, toReadable, type ProgressWatch, type Transport } from '../transport';

export interface StoreOptions {
	fileName: string;
	/** The media type that the source of the bytes tells, as it came. */
	contentType?: string;
	transport: Pick<Transport, 'watch'>;
	/** Milliseconds in which n8n's binary store takes nothing after which storing is given up. */
	timeout: number;
	signal?: AbortSignal;
}

/**
 * Stores a file in n8n's binary store, as fast as the store takes it. In the modes that keep files
 * outside of the workflow's data, n8n decides how much of it is in memory: in filesystem mode a few
 * pieces.
 *
 * @param chunks its bytes; an error of theirs is the error of this, and then nothing is stored
 * @throws {UploadError} also when the store fails or stalls
 */
export async function storeFile(
	context: IExecuteFunctions,
	chunks: AsyncIterable<Uint8Array>,
	{ fileName, contentType, transport, timeout, signal }: StoreOptions,
): Promise<IBinaryData> {
	const watch = transport.watch(timeout, signal);
	const source: Source = { chunks };
	const stream = toReadable(taken(source, watch));
	try {
		const mediaType = mediaTypeOf(contentType, fileName);
		const stored = context.helpers.prepareBinaryData(stream, withoutPath(fileName), mediaType);
		return await abortable(stored, watch.signal);
	} catch (cause) {
		throw source.failure ?? storeError(cause, watch, timeout);
	} finally {
		stream.destroy();
		watch.stop();
	}
}

/** Bytes that are given to the store at a time: each piece costs it a write and a turn of the event loop. */
const PIECE = 256 * 1024;

interface Source {
	chunks: AsyncIterable<Uint8Array>;
	/** The error of the chunks, as opposed to the store. */
	failure?: UploadError;
}

/** Passes the chunks on in larger pieces; only time in which the store holds one counts as silence. */
async function* taken(source: Source, watch: ProgressWatch): AsyncGenerator<Uint8Array> {
	const iterator = source.chunks[Symbol.asyncIterator]();
	watch.rest();
	try {
		for (let isLast = false; !isLast;) {
			const gathered: Uint8Array[] = [];
			for (let size = 0; size < PIECE && !isLast;) {
				// Not `for await`: a store that leaves throws its own error into the loop.
				const next = await iterator.next().catch((thrown: unknown) => {
					throw (source.failure = toUploadError(thrown));
				});
				isLast = next.done === true;
				if (next.done) continue;
				gathered.push(next.value);
				size += next.value.length;
			}
			if (gathered.length === 0) return;
			watch.progress();
			yield gathered.length === 1 ? gathered[0] : Buffer.concat(gathered);
			watch.rest();
		}
	} finally {
		await iterator.return?.();
	}
}

/** n8n takes what stands before a slash for a folder. */
function withoutPath(name: string): string {
	return name.replace(/[/\\]/g, '_');
}

/**
 * Returns the media type of a file, or undefined to let n8n tell it from the extension. A storage
 * that was told none says that it is a stream of bytes; n8n takes a file without an extension for text.
 */
function mediaTypeOf(contentType = '', fileName: string): string | undefined {
	const [, told = ANY_BYTES] = /^\s*([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(contentType) ?? [];
	if (!/^(?:application|binary)\/octet-stream$/i.test(told)) return told.toLowerCase();
	return /.\.\w+$/.test(fileName) ? undefined : ANY_BYTES;
}

const ANY_BYTES = 'application/octet-stream';

function storeError(cause: unknown, watch: ProgressWatch, timeout: number): UploadError {
	if (watch.stalled) return stalled(timeout);
	return watch.signal.aborted ? toUploadError(cause) : unwritable(cause);
}

function stalled(timeout: number): UploadError {
	return ownError({
		title: "n8n's binary store stopped taking the file",
		description: `It took nothing for ${Math.round(timeout / 1000)} seconds. Check the store of the n8n server (disk, database or S3), or raise the option "Timeout".`,
		outcome: 'notSent',
		code: 'STORE_STALLED',
		retry: 'transient',
	});
}

function unwritable(cause: unknown): UploadError {
	return new UploadError({
		title: "The file could not be stored in n8n's binary store",
		description:
			'The store of the n8n server may be full, too small for this file, or out of reach: check its disk, database or S3.',
		outcome: 'notSent',
		code: (cause as { code?: string } | undefined)?.code,
		cause,
	});
}
