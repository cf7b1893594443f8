import type { Words } from './oss-error';

const NOT_ACCEPTED =
	'A proxy that adds or rewrites headers has this effect. Exempt the storage host from it.';
const REPLACED =
	'The node has already asked for new download info. Check the clock of the n8n server and whether a proxy changes headers.';

/** Texts for the storage's codes when a file is downloaded. */
export const DOWNLOAD_ERROR_TEXTS: Record<string, { title: string; description: string }> = {
	NoSuchKey: {
		title: 'The storage no longer has the file',
		description: 'It may have been deleted or replaced a moment ago. Run the workflow again.',
	},
	NoSuchBucket: {
		title: 'The storage bucket of the file does not exist',
		description: 'Ask the DingTalk administrator of the organisation about its storage.',
	},
	InvalidObjectState: {
		title: 'The storage has archived the file',
		description: 'Open it in DingTalk to bring it back, and run the workflow again later.',
	},
	AccessDenied: {
		title: 'The storage refused access to the file',
		description: REPLACED,
	},
	RequestTimeTooSkewed: {
		title: 'The download info is too old for the storage',
		description: REPLACED,
	},
	SignatureDoesNotMatch: {
		title: 'The storage did not accept the signature of the download',
		description: NOT_ACCEPTED,
	},
	InvalidAccessKeyId: {
		title: 'The storage does not know the key in the signed headers of the download',
		description: NOT_ACCEPTED,
	},
	InvalidArgument: {
		title: 'The storage could not read the signed headers of the download',
		description: NOT_ACCEPTED,
	},
};

/** What errors say when a file is downloaded: the shared texts describe uploads. */
export const DOWNLOAD_WORDS: Words = {
	textFor: (code) =>
		Object.hasOwn(DOWNLOAD_ERROR_TEXTS, code) ? DOWNLOAD_ERROR_TEXTS[code] : undefined,
	refused: 'The storage did not give the file',
	what: 'downloads',
};
