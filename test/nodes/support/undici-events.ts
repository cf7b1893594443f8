import { channel } from 'node:diagnostics_channel';

const CONNECT_ERROR = channel('undici:client:connectError');
const REQUEST = channel('undici:request:create');

/**
 * Tells of each connection to an address that could not be made.
 * @returns ends that
 */
export function onRefusal(url: string, tell: () => void): () => void {
	const { port } = new URL(url);
	const listener = (message: unknown) => {
		const { connectParams } = message as { connectParams: { port: string } };
		if (String(connectParams.port) === port) tell();
	};
	CONNECT_ERROR.subscribe(listener);
	return () => void CONNECT_ERROR.unsubscribe(listener);
}

/**
 * Tells of each request to an address, and its path, when it is made: before anything is sent.
 * @returns ends that
 */
export function onRequest(url: string, tell: (path: string) => void): () => void {
	const listener = (message: unknown) => {
		const { request } = message as { request: { origin: string | URL; path: string } };
		if (new URL(request.origin).origin === new URL(url).origin) tell(request.path);
	};
	REQUEST.subscribe(listener);
	return () => void REQUEST.unsubscribe(listener);
}
