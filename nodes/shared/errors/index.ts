export { describe, errorDetails, toErrorItem, toNodeError, toUploadError } from './node-error';
export { isAnswer, mayRepeat, overall, type Effect, type Outcome } from './outcome';
export { recover } from './recover';
export { redact } from './redact';
export { stalledCall } from './transport-texts';
export {
	badInput,
	fromTransport,
	incompleteAnswer,
	UploadError,
	type Retry,
	type UploadErrorFacts,
} from './upload-error';
