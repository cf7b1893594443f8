import { retryAfter } from '../clock';
import { UploadError } from '../errors';
import { asRefusal, meaningOf, type Meaning } from '../status';
import type { HttpResponse } from '../transport';
import { isFromStorage } from './storage-answer';

/** Refusals that a fresh signature does not cure. */
const NOT_FOR_AGE = new Set(['SignatureDoesNotMatch', 'InvalidAccessKeyId', 'InvalidArgument']);

/** What the signed request was made from, for the explanation of a signature error. */
export type SignedWith = 'headers' | 'url';

/**
 * Puts an error answer of OSS (XML, see the OSS documentation of PutObject) into words.
 *
 * `details.staleSignature` tells that a new signature helps.
 */
export function fromOssAnswer(
	answer: HttpResponse,
	step: string,
	signedWith: SignedWith,
): UploadError {
	const { status, headers, text } = answer;
	const code = element(text, 'Code') ?? headers['x-oss-ec'];
	const requestId = element(text, 'RequestId') ?? headers['x-oss-request-id'];
	const known =
		code && Object.hasOwn(OSS_ERROR_TEXTS, code) ? OSS_ERROR_TEXTS[code](signedWith) : undefined;
	const said = element(text, 'Message');
	const quoted = said && `The storage says: ${said}`;
	return new UploadError({
		title: known?.title ?? `The storage refused the file (HTTP ${status})`,
		description: [known?.description ?? otherAnswer(answer, said !== undefined), quoted]
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

/** What the storage itself says stands above what the status alone would tell. */
function meaningWith(code: string | undefined, answer: HttpResponse): Meaning {
	const byStatus = meaningOf(answer);
	if (code === 'RequestTimeout') return { retry: 'transient', outcome: 'unknown' };
	return code || isFromStorage(answer) ? asRefusal(byStatus, answer) : byStatus;
}

/** Whether the storage may take the file with a new signature; not all storages say why. */
export function isStaleSignature(error: UploadError): boolean {
	const { httpStatus, code = '' } = error.facts;
	return httpStatus === 401 || (httpStatus === 403 && !NOT_FOR_AGE.has(code));
}

export const OSS_ERROR_TEXTS: Record<
	string,
	(signedWith: SignedWith) => { title: string; description: string }
> = {
	SignatureDoesNotMatch: (signedWith) => ({
		title: 'The storage did not accept the signature',
		description:
			signedWith === 'headers'
				? 'The signed headers were changed on the way, or the content type is not the one that was signed: for Knowledge Base files it must be empty (option "Content Type"). A proxy that adds or rewrites headers has the same effect.'
				: 'The media type sent is not the one that was asked for, or the address was changed on the way. A proxy that rewrites headers has the same effect.',
	}),
	AccessDenied: () => ({
		title: 'The storage refused access: the upload info has expired',
		description: 'It lasts about 15 minutes. Get new upload info and upload at once.',
	}),
	RequestTimeTooSkewed: () => ({
		title: 'The upload info is too old for the storage',
		description: 'It lasts about 15 minutes. Get new upload info and upload at once.',
	}),
	InvalidAccessKeyId: () => ({
		title: 'The storage does not know the key in the signed headers',
		description: 'Use the headers exactly as Get Upload Info gave them.',
	}),
	InvalidArgument: () => ({
		title: 'The storage could not read the signed headers',
		description: 'Use the headers exactly as Get Upload Info gave them.',
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
		description: 'Get new upload info and upload at once.',
	}),
	NoSuchUpload: () => ({
		title: 'The upload is no longer known to the storage',
		description: 'It was completed, cancelled or cleaned up. Start the upload again.',
	}),
};

function otherAnswer(answer: HttpResponse, saysWhy: boolean): string {
	const { status } = answer;
	if (status >= 300 && status < 400) {
		return 'The storage answered with a redirect, which is not followed with a file. A proxy may be in between.';
	}
	if (status === 413 && (saysWhy || isFromStorage(answer))) {
		return 'The file is larger than this organisation may upload.';
	}
	if (status === 413) {
		return 'This is the answer of a proxy or gateway, which lets no file of this size through: raise its limit, or exempt the storage host from it.';
	}
	if (status >= 500) return 'The storage itself failed. Run the workflow again later.';
	return saysWhy
		? 'If what the storage says does not help, give the request id to the support of the service.'
		: 'The answer names no reason: look at proxies on the way, or run the workflow again later.';
}

function element(xml: string, name: string): string | undefined {
	const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
	return value?.trim() || undefined;
}
