import { readFile, type Content, type ReadOptions } from '../binary';
import { fromTransport, ownError, toUploadError, type UploadError } from '../errors';
import { TransportError, type HttpResponse, type Transport } from '../transport';
import { compareChecksums } from './checksum';
import { Crc64 } from './crc64';
import { fromOssAnswer, type SignedWith } from './oss-error';
import { mayMeanStored } from './storage-answer';

/** A signed URL that accepts one kind of request, a PUT or a GET, for a limited time. */
export interface SignedTarget {
	url: string;
	/** Exactly the signed headers; for a PUT also their Content-Type (empty is a value). */
	headers: Record<string, string>;
	signedWith: SignedWith;
	/** When the signature expires, in milliseconds since 1970. */
	expiresAt: number;
}

export interface PutOptions {
	transport: Transport;
	step: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	/** Called with the number of bytes given to the connection so far. */
	onProgress?: (bytes: number) => void;
}

export interface PutResult {
	status: number;
	eTag?: string;
	requestId?: string;
	/** Number of bytes read and sent. */
	bytes: number;
	/** CRC-64 of these bytes, unsigned decimal. */
	crc64: string;
	/** Whether a checksum in the response proves that the bytes are stored. */
	isProved: boolean;
}

/**
 * Streams a file to a signed URL, once. Checks the byte count against the declared size, and the
 * checksum of what was read against that of what was stored.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 * @throws {UploadError} for a refusal or a network failure, for a file that is shorter or longer
 * than declared, and for a stored object that differs
 */
export async function putObject(
	target: SignedTarget,
	source: Content,
	{ transport, step, timeout, signal, onProgress }: PutOptions,
): Promise<PutResult> {
	const meter: Meter = { bytes: 0, crc64: await Crc64.begin() };
	const chunks = (given: AbortSignal) =>
		metered(source, meter, { transport, timeout, signal: given, onProgress });
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
	const stored = { eTag: answer.headers.etag, crc64: answer.headers['x-oss-hash-crc64ecma'] };
	const reopen = () => readFile(source, { transport, timeout, signal });
	const crc64 = meter.crc64.decimal;
	const verdict = await compareChecksums(crc64, stored, reopen);
	if (verdict !== 'equal' && !mayMeanStored(answer)) throw notStorage(step, answer);
	if (verdict === 'different') throw corrupted(step, answer);
	const requestId = answer.headers['x-oss-request-id'];
	const { status } = answer;
	const isProved = verdict === 'equal';
	return { status, eTag: stored.eTag, requestId, bytes: meter.bytes, crc64, isProved };
}

/** What was read from the file so far. */
interface Meter {
	bytes: number;
	crc64: Crc64;
	/** The error of the file itself, as opposed to the network. */
	failure?: UploadError;
}

async function* metered(
	source: Content,
	meter: Meter,
	options: Pick<PutOptions, 'transport' | 'timeout' | 'onProgress'> & { signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
	const declared = source.size;
	for await (const chunk of readable(source, meter, options)) {
		meter.bytes += chunk.length;
		if (meter.bytes > declared) throw (meter.failure = wrongLength(meter.bytes, declared, 'long'));
		meter.crc64.update(chunk);
		options.onProgress?.(meter.bytes);
		yield chunk;
	}
	if (meter.bytes < declared) throw (meter.failure = wrongLength(meter.bytes, declared, 'short'));
}

/** Reads the file, and records its read errors to tell them from network errors. */
async function* readable(
	source: Content,
	meter: Meter,
	options: ReadOptions,
): AsyncGenerator<Uint8Array> {
	try {
		yield* readFile(source, options);
	} catch (thrown) {
		const error = toUploadError(thrown);
		if (error.facts.outcome !== 'cancelled') meter.failure = error;
		throw toUploadError(error);
	}
}

function explain(error: unknown, meter: Meter, step: string): UploadError {
	if (meter.failure) return meter.failure.with({ step });
	if (error instanceof TransportError) return fromTransport(error, step);
	return toUploadError(error).with({ title: 'The file could not be sent', step });
}

export function wrongLength(read: number, declared: number, what: 'long' | 'short'): UploadError {
	return ownError({
		title: `The file is ${what === 'long' ? 'longer' : 'shorter'} than n8n said`,
		description: `n8n's binary store declared ${declared} bytes but delivered ${what === 'long' ? 'at least ' : ''}${read}. Nothing was committed. Run the workflow again from the node that created the file.`,
		outcome: 'notSent',
		code: 'LENGTH_MISMATCH',
	});
}

function notStorage(step: string, { status, headers }: HttpResponse): UploadError {
	return ownError({
		title: 'The answer is not from the storage',
		description: `A proxy or a login page may have answered (HTTP ${status}), so the file counts as not stored. Check the proxy of the n8n server, and exempt the storage from it if possible.`,
		outcome: 'unknown',
		code: 'NOT_STORAGE',
		requestId: headers['x-oss-request-id'],
		httpStatus: status,
		step,
		retry: 'transient',
	});
}

function corrupted(step: string, answer: HttpResponse): UploadError {
	return ownError({
		title: 'The storage holds different bytes than were sent',
		description: 'The checksums differ, so the file was not committed. Run the workflow again.',
		outcome: 'refused',
		code: 'CHECKSUM_MISMATCH',
		requestId: answer.headers['x-oss-request-id'],
		httpStatus: answer.status,
		step,
		retry: 'transient',
	});
}
