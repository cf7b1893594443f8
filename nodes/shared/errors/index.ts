export { describe, errorDetails, toErrorItem, toNodeError, toUploadError } from './node-error';
export { isAnswer, mayRepeat, overall, type Effect, type Outcome } from './outcome';
export type { OwnCode } from './own-code';
export { recover } from './recover';
export { redact } from './redact';
export { stalledCall } from './transport-texts';
export {
	badInput,
	fromTransport,
	incompleteAnswer,
	isOwn,
	ownError,
	UploadError,
	type Retry,
	type UploadErrorFacts,
} from './upload-error';
