import type { UploadError } from '../../shared/errors';

/** Texts for the storage's codes when parts are uploaded to signed URLs. */
const TEXTS: Record<string, { title: string; description: string }> = {
	PartNotSequential: {
		title: 'The storage expects a different part',
		description:
			'The node has checked several times which parts are stored. Another program may be writing to the same upload.',
	},
	AccessDenied: {
		title: 'The storage refused access to the address of a part',
		description:
			'Addresses are valid for 15 minutes, and a new one was refused as well. Check the clock of the n8n server and whether a proxy changes addresses.',
	},
	SignatureDoesNotMatch: {
		title: 'The storage did not accept the signature of the address',
		description: 'A proxy may be rewriting addresses or headers.',
	},
	EntityTooLarge: {
		title: 'The part is larger than the storage accepts',
		description: 'Lower the option "Part Size", or enter 0 to let the node choose.',
	},
	EntityTooSmall: {
		title: 'The part is smaller than the storage accepts',
		description: 'Raise the option "Part Size", or enter 0 to let the node choose.',
	},
	InvalidArgument: {
		title: 'The storage could not read the address of a part',
		description: 'A proxy may be rewriting addresses or headers.',
	},
};

/** Replaces texts for part uploads: the shared ones describe files sent in one request. */
export function inPdsWords(error: UploadError): UploadError {
	const { step, code = '' } = error.facts;
	const known = step === 'putPart' && Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined;
	return known ? error.with(known) : error;
}
