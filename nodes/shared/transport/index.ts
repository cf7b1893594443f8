export { abortable } from './abortable';
export { LinkedAbort } from './linked-abort';
export { closeDispatchers } from './dispatchers';
export { toReadable } from './readable';
export { connectError, TransportError, type TransportFailure } from './transport-error';
export type {
	CallTransport,
	EgressFilter,
	HttpRequest,
	HttpResponse,
	ProgressWatch,
	StreamBody,
	StreamedResponse,
	Transport,
} from './types';
export { USER_AGENT } from './user-agent';
export { UndiciTransport, type TransportOptions } from './undici-transport';
