export { closeDispatchers } from './dispatchers';
export { TransportError, type TransportFailure } from './transport-error';
export type { EgressFilter, HttpRequest, HttpResponse, StreamBody, Transport } from './types';
export { UndiciTransport, type TransportOptions } from './undici-transport';
