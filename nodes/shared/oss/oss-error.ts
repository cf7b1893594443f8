import { retryAfter } from '../clock';
import { UploadError } from '../errors';
import { asRefusal, meaningOf, type Meaning } from '../status';
import type { HttpResponse } from '../transport';
import { isFromStorage } from './storage-answer';

/** Refusals that a new signature does not cure. */
const NOT_FOR_AGE = new Set(['SignatureDoesNotMatch', 'InvalidAccessKeyId', 'InvalidArgument']);

/** What carries the signature of a request, for the explanation of a signature error. */
export type SignedWith = 'headers' | 'url';

/** What a request was for, in the words of its errors. */
export interface Words {
	textFor(code: string, signedWith: SignedWith): ErrorText | undefined;
	/** What happened, where the code has no text. */
	refused: string;
	/** What is not redirected. */
	what: string;
}

interface ErrorText {
	title: string;
	description: string;
}

const UPLOAD_WORDS: Words = {
	textFor: (code, signedWith) =>
		Object.hasOwn(OSS_ERROR_TEXTS, code) ? OSS_ERROR_TEXTS[code](signedWith) : undefined,
	refused: 'The storage refused the file',
	what: 'uploads',
};

/**
 * Converts an error response of OSS (XML, see the OSS documentation of PutObject) to an error with
 * texts for the user.
 */
export function fromOssAnswer(
	answer: HttpResponse,
	step: string,
	signedWith: SignedWith,
	words = UPLOAD_WORDS,
): UploadError {
	const { status, headers, text } = answer;
	const code = element(text, 'Code') ?? headers['x-oss-ec'];
	const requestId = element(text, 'RequestId') ?? headers['x-oss-request-id'];
	const known = code ? words.textFor(code, signedWith) : undefined;
	const said = element(text, 'Message');
	const quoted = said && `The storage says: ${said}`;
	return new UploadError({
		title: known?.title ?? `${words.refused} (HTTP ${status})`,
		description: [known?.description ?? otherAnswer(answer, said !== undefined, words), quoted]
			.filter(Boolean)
			.join(' '),
		...meaningWith(code, answer),
		step,
		code: code ?? `HTTP${status}`,
		requestId,
		httpStatus: status,
		retryAfter: retryAfter(headers),
	});
}

/** Interprets the response. What the storage itself says takes precedence over the status. */
function meaningWith(code: string | undefined, answer: HttpResponse): Meaning {
	const byStatus = meaningOf(answer);
	if (code === 'RequestTimeout') return { retry: 'transient', outcome: 'unknown' };
	return code || isFromStorage(answer) ? asRefusal(byStatus, answer) : byStatus;
}

/** Whether a new signature may help; not all storages say why they refuse. */
export function isStaleSignature(error: UploadError): boolean {
	const { httpStatus, code = '' } = error.facts;
	return httpStatus === 401 || (httpStatus === 403 && !NOT_FOR_AGE.has(code));
}

export const OSS_ERROR_TEXTS: Record<string, (signedWith: SignedWith) => ErrorText> = {
	SignatureDoesNotMatch: (signedWith) => ({
		title: 'The storage did not accept the signature',
		description:
			signedWith === 'headers'
				? 'The signed headers were changed, or the content type is not the signed one: for knowledge base files it must be empty (option "Content Type"). A proxy that adds or rewrites headers has the same effect.'
				: 'The media type is not the requested one, or the address was changed. A proxy that rewrites headers has the same effect.',
	}),
	AccessDenied: () => ({
		title: 'The storage refused access: the upload info has expired',
		description: 'It is valid for about 15 minutes. Get new upload info and upload immediately.',
	}),
	RequestTimeTooSkewed: () => ({
		title: 'The upload info is too old for the storage',
		description: 'It is valid for about 15 minutes. Get new upload info and upload immediately.',
	}),
	InvalidAccessKeyId: () => ({
		title: 'The storage does not know the key in the signed headers',
		description: 'Use the headers exactly as Get Upload Info returned them.',
	}),
	InvalidArgument: () => ({
		title: 'The storage could not read the signed headers',
		description: 'Use the headers exactly as Get Upload Info returned them.',
	}),
	EntityTooLarge: () => ({
		title: 'The file is larger than the storage takes in one upload (5 GB)',
		description: 'Split the file, or upload it with the DingTalk client.',
	}),
	MissingContentLength: () => ({
		title: 'The request reached the storage without the length of the file',
		description: 'A proxy removed the Content-Length header: exempt the storage host from it.',
	}),
	NoSuchBucket: () => ({
		title: 'The storage bucket does not exist',
		description: 'Get new upload info and upload immediately.',
	}),
	NoSuchUpload: () => ({
		title: 'The upload is no longer known to the storage',
		description: 'It was completed, cancelled or cleaned up. Start the upload again.',
	}),
};

function otherAnswer(answer: HttpResponse, saysWhy: boolean, { what }: Words): string {
	const { status } = answer;
	if (status >= 300 && status < 400) {
		return `The storage responded with a redirect, which is not followed for ${what}. It may come from a proxy.`;
	}
	if (status === 413 && (saysWhy || isFromStorage(answer))) {
		return 'The file is larger than this organisation may upload.';
	}
	if (status === 413) {
		return 'This response comes from a proxy or gateway that does not let files of this size through: raise its limit, or exempt the storage host from it.';
	}
	if (status >= 500) return 'The storage itself failed. Run the workflow again later.';
	return saysWhy
		? 'If the message of the storage does not help, send the request ID to the support of the service.'
		: 'The response gives no reason: check proxies on the way, or run the workflow again later.';
}

function element(xml: string, name: string): string | undefined {
	const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
	return value?.trim() || undefined;
}
