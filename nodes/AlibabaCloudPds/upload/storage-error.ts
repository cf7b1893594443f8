import type { UploadError } from '../../shared/errors';

/** What the codes of the storage mean where parts are uploaded to signed addresses. */
const TEXTS: Record<string, { title: string; description: string }> = {
	PartNotSequential: {
		title: 'The storage expects a different part',
		description:
			'The node has looked several times at what the storage has. Another program may be writing to the same upload.',
	},
	AccessDenied: {
		title: 'The storage refused access to the address of a part',
		description:
			'Addresses last 15 minutes; a new one was refused as well. Check the clock of the n8n server and whether a proxy changes addresses.',
	},
	SignatureDoesNotMatch: {
		title: 'The storage did not accept the signature of the address',
		description: 'A proxy that rewrites addresses or headers may stand in between.',
	},
	EntityTooLarge: {
		title: 'The part is larger than the storage takes',
		description: 'Lower the option "Part Size", or enter 0 to have it chosen.',
	},
	EntityTooSmall: {
		title: 'The part is smaller than the storage takes',
		description: 'Raise the option "Part Size", or enter 0 to have it chosen.',
	},
	InvalidArgument: {
		title: 'The storage could not read the address of a part',
		description: 'A proxy that rewrites addresses or headers may stand in between.',
	},
};

/** The shared texts of the storage's errors are those of files that are sent by one request. */
export function inPdsWords(error: UploadError): UploadError {
	const { step, code = '' } = error.facts;
	const known = step === 'putPart' && Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined;
	return known ? error.with(known) : error;
}
