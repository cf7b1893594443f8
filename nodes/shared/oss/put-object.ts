import { unreadable, type FileSource } from '../binary';
import { fromTransport, UploadError } from '../errors';
import { TransportError, type HttpResponse, type Transport } from '../transport';
import { compareChecksums, Md5Meter } from './checksum';
import { fromOssAnswer, type SignedWith } from './oss-error';

/** A place that takes one PUT, and how it was signed. */
export interface PutTarget {
	url: string;
	/** Exactly what was signed, plus the Content-Type that belongs to it (empty is a value). */
	headers: Record<string, string>;
	signedWith: SignedWith;
}

export interface PutOptions {
	transport: Transport;
	step: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	/** Told the bytes given to the connection so far. */
	onProgress?: (bytes: number) => void;
}

export interface PutResult {
	status: number;
	eTag?: string;
	requestId?: string;
	/** Bytes that were read and sent. */
	bytes: number;
}

/**
 * Streams a file to a signed address, once: counts the bytes against the declared size and compares
 * the checksums of what was read and what was stored.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 * @throws {UploadError} what the storage or the network said; a file that is shorter or longer than
 * declared; a stored object that differs
 */
export async function putObject(
	target: PutTarget,
	source: Pick<FileSource, 'size' | 'open'>,
	{ transport, step, timeout, signal, onProgress }: PutOptions,
): Promise<PutResult> {
	const md5 = new Md5Meter();
	const meter: Meter = { bytes: 0 };
	const chunks = () => metered(source, md5, meter, onProgress);
	let answer: HttpResponse;
	try {
		answer = await transport.send({
			method: 'PUT',
			url: target.url,
			headers: target.headers,
			body: { size: source.size, chunks },
			timeout,
			signal,
		});
	} catch (error) {
		throw explain(error, meter, step);
	}
	const isStored = answer.status >= 200 && answer.status < 300;
	if (!isStored) throw fromOssAnswer(answer, step, target.signedWith);
	if (isWebPage(answer)) throw notStorage(step, answer);
	const stored = { eTag: answer.headers.etag, crc64: answer.headers['x-oss-hash-crc64ecma'] };
	const reopen = () => stoppable(source, transport, signal);
	if ((await compareChecksums(md5.hex, stored, reopen)) === 'different') {
		throw corrupted(step, answer);
	}
	const requestId = answer.headers['x-oss-request-id'];
	return { status: answer.status, eTag: stored.eTag, requestId, bytes: meter.bytes };
}

interface Meter {
	bytes: number;
	/** What was wrong with the file itself, as opposed to the network. */
	failure?: UploadError;
}

async function* metered(
	source: Pick<FileSource, 'size' | 'open'>,
	md5: Md5Meter,
	meter: Meter,
	onProgress?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
	const declared = source.size;
	for await (const chunk of readable(source, meter)) {
		meter.bytes += chunk.length;
		if (meter.bytes > declared) throw (meter.failure = wrongLength(meter.bytes, declared, 'long'));
		md5.update(chunk);
		onProgress?.(meter.bytes);
		yield chunk;
	}
	if (meter.bytes < declared) throw (meter.failure = wrongLength(meter.bytes, declared, 'short'));
}

/** Tells errors of reading the file from errors of the network. */
async function* readable(
	source: Pick<FileSource, 'open'>,
	meter: Meter,
): AsyncGenerator<Uint8Array> {
	const iterator = source.open()[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await iterator.next().catch((cause: unknown) => {
				throw (meter.failure = unreadable(cause));
			});
			if (next.done) return;
			yield next.value;
		}
	} finally {
		await iterator.return?.();
	}
}

/** Bytes after which a file that is read for its checksum alone lets go for a moment. */
const PAUSE_EVERY = 8 * 2 ** 20;

/** The file once more, for its checksum; ends when the execution is stopped. */
async function* stoppable(
	source: Pick<FileSource, 'open'>,
	transport: Transport,
	signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let unseen = 0;
	for await (const chunk of readable(source, { bytes: 0 })) {
		unseen += chunk.length;
		if (unseen >= PAUSE_EVERY) {
			unseen = 0;
			await transport.wait(0, signal);
		}
		yield chunk;
	}
}

function explain(error: unknown, meter: Meter, step: string): UploadError {
	if (meter.failure) return meter.failure.with({ step });
	if (error instanceof TransportError) return fromTransport(error, step);
	return new UploadError({ title: 'The file could not be sent', step, cause: error });
}

export function wrongLength(read: number, declared: number, what: 'long' | 'short'): UploadError {
	return new UploadError({
		title: `The file is ${what === 'long' ? 'longer' : 'shorter'} than n8n said`,
		description: `n8n's binary store declared ${declared} bytes but gave ${what === 'long' ? 'at least ' : ''}${read}. Nothing was committed. Run the workflow again from the node that made the file.`,
		code: 'LENGTH_MISMATCH',
	});
}

/** A storage answers with its headers and no page; a proxy's login page has the status of a success. */
function isWebPage({ headers, text }: HttpResponse): boolean {
	return (
		!headers.etag && !headers['x-oss-request-id'] && /^\s*<(?:!doctype\s+html|html)/i.test(text)
	);
}

function notStorage(step: string, { status }: HttpResponse): UploadError {
	return new UploadError({
		title: 'The answer is not from the storage: it is a web page',
		description: `A proxy or a login page may have answered (HTTP ${status}), so the file counts as not stored. Check the proxy of the n8n server.`,
		code: 'NOT_STORAGE',
		httpStatus: status,
		step,
		retry: 'transient',
	});
}

function corrupted(step: string, answer: HttpResponse): UploadError {
	return new UploadError({
		title: 'The storage holds other bytes than were sent',
		description: 'The checksums differ, so the file was not committed. Run the workflow again.',
		code: 'CHECKSUM_MISMATCH',
		requestId: answer.headers['x-oss-request-id'],
		step,
		retry: 'transient',
	});
}
