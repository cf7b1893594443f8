import { fromTransport, ownError, toUploadError, type UploadError } from '../errors';
import {
	TransportError,
	type HttpResponse,
	type StreamedResponse,
	type Transport,
} from '../transport';
import { DOWNLOAD_WORDS } from './download-words';
import { fromOssAnswer } from './oss-error';
import type { SignedTarget } from './put-object';
import { isFromStorage } from './storage-answer';

export interface GetOptions {
	transport: Transport;
	step: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	/** What is wanted of the object; default all of it. */
	range?: {
		/** Bytes to leave out at the beginning. */
		from: number;
		/** The ETag that the object must have. */
		eTag: string;
	};
}

/** What the storage tells of an object. */
export interface ObjectHead {
	/** Bytes of the whole object; undefined when something on the way has removed the length. */
	size?: number;
	eTag?: string;
	/** Of the whole object, unsigned decimal. */
	crc64?: string;
	contentType?: string;
	requestId?: string;
}

/** An object whose bytes are arriving. */
export interface OpenObject extends Pick<StreamedResponse, 'body' | 'close'> {
	head: ObjectHead;
	/** The place in the object at which `body` begins: that of the range, or 0 if it was ignored. */
	from: number;
}

/**
 * Begins to download an object from a signed URL, once. Nothing is sent but the signed headers and
 * the range: `x-oss-range-behavior` would have to be signed, and without it a range that begins
 * inside of the object means the same.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 * @throws {UploadError} for a refusal, a network failure, and a response of something else
 */
export async function openObject(
	{ url, headers, signedWith }: SignedTarget,
	{ transport, step, timeout, signal, range }: GetOptions,
): Promise<OpenObject> {
	const wanted: Record<string, string> = range
		? { Range: `bytes=${range.from}-`, 'If-Match': range.eTag }
		: {};
	const request = { method: 'GET' as const, url, headers: { ...headers, ...wanted } };
	const answer = await transport
		.receive({ ...request, timeout, signal })
		.catch((error: unknown) => {
			throw inWords(error, step);
		});
	if ('text' in answer) throw fromOssAnswer(answer, step, signedWith, DOWNLOAD_WORDS);
	const place = isFromStorage(answer) ? placeOf(answer, range?.from ?? 0) : undefined;
	if (!place) {
		answer.close();
		throw notStorage(step, answer);
	}
	const { body, close } = answer;
	const { etag: eTag, 'x-oss-hash-crc64ecma': crc64, 'content-type': contentType } = answer.headers;
	const requestId = answer.headers['x-oss-request-id'];
	return {
		head: { size: place.size, eTag, crc64, contentType, requestId },
		from: place.from,
		body,
		close,
	};
}

/** Says in words what became of a transfer. */
export function inWords(error: unknown, step: string): UploadError {
	return error instanceof TransportError ? fromTransport(error, step) : toUploadError(error);
}

/**
 * Returns where the body begins, and the size of the whole object.
 *
 * @returns undefined for another range than the one that was asked for
 */
function placeOf(
	{ status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
	asked: number,
): { from: number; size?: number } | undefined {
	if (status === 200) return { from: 0, size: lengthIn(headers['content-length']) };
	if (status !== 206) return undefined;
	const [, from, to, size] = (RANGE.exec(headers['content-range'] ?? '') ?? []).map(Number);
	return from === asked && to === size - 1 ? { from, size } : undefined;
}

const RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

function lengthIn(header = ''): number | undefined {
	return /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

function notStorage(
	step: string,
	{ status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
): UploadError {
	return ownError({
		title: 'The answer is not from the storage',
		description: `A proxy or a login page may have answered (HTTP ${status}), so this is not the file. Check the proxy of the n8n server, and exempt the storage from it if possible.`,
		outcome: 'refused',
		code: 'NOT_STORAGE',
		requestId: headers['x-oss-request-id'],
		httpStatus: status,
		step,
		retry: 'transient',
	});
}
