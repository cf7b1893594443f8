export { describe, errorDetails, toErrorItem, toNodeError, toUploadError } from './node-error';
export { redact } from './redact';
export {
	badInput,
	fromTransport,
	incompleteAnswer,
	isCancelled,
	UploadError,
	type Retry,
	type UploadErrorFacts,
} from './upload-error';
