import { Readable } from 'node:stream';

/**
 * Returns chunks as a stream of Node.js, as n8n's binary store takes them. They are fetched as fast
 * as the consumer takes them; destroying the stream leaves the loop that makes them.
 */
export function toReadable(chunks: AsyncIterable<Uint8Array>): Readable {
	const stream = Readable.from(chunks, { objectMode: false });
	// Who fetches the chunks knows what broke; a store that never looks at the stream must not end the
	// process.
	return stream.on('error', () => undefined);
}
