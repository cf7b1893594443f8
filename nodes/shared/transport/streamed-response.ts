import type { Buffer } from 'node:buffer';
import type { Dispatcher } from 'undici';

import type { StallWatch } from './stall-watch';
import { TransportError } from './transport-error';
import type { StreamedResponse } from './types';

export interface StreamOptions {
	host: string;
	watch: StallWatch;
	explain: (error: unknown) => TransportError;
}

/**
 * Returns a response whose body is read while it is consumed. The watch ends with the body, or when
 * the response is closed.
 */
export function streamed(
	{ statusCode, body }: Dispatcher.ResponseData,
	headers: Record<string, string>,
	options: StreamOptions,
): StreamedResponse {
	const { host, watch } = options;
	const encoding = headers['content-encoding'] ?? 'identity';
	const close = () => {
		watch.abort();
		watch.stop();
	};
	if (!/^(?:identity)?$/i.test(encoding.trim())) {
		close();
		throw new TransportError('encoded', host, true, 'ENCODING');
	}
	// Until somebody asks for the body, it is not the network that is late.
	watch.rest();
	return { status: statusCode, headers, body: watched(body, close, options), close };
}

/** Reads a body; only time in which the network owes something counts as silence. */
async function* watched(
	body: AsyncIterable<Buffer>,
	close: () => void,
	{ watch, explain }: StreamOptions,
): AsyncGenerator<Uint8Array> {
	watch.progress();
	try {
		for await (const chunk of body) {
			watch.rest();
			yield chunk;
			watch.progress();
		}
		// The connection stays for the next request: nothing is left to give up.
		watch.stop();
	} catch (error) {
		throw explain(error);
	} finally {
		close();
	}
}
