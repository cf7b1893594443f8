/** Number of buffers in turn: one that is sent, one that is held back, and one that is filled. */
const BUFFERS = 4;

/** Memory that can be given back at once; Node.js 20 cannot. */
type Transferable = ArrayBuffer & { transfer?: (byteLength: number) => ArrayBuffer };

/**
 * Copies chunks that nobody else has into a few buffers that take turns, and gives the memory of the
 * chunks back at once. Left to the garbage collector, every 64 MiB of them make Node.js 24 walk
 * through the whole heap of n8n, which takes longer than sending them.
 *
 * @param chunks each in memory of its own
 * @returns the same bytes; a chunk is valid until two more have been read
 */
export async function* recycled(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const buffers: Uint8Array[] = [];
	let next = 0;
	for await (const chunk of chunks) {
		const memory = chunk.buffer as Transferable;
		if (!memory.transfer || chunk.byteLength !== memory.byteLength) {
			yield chunk;
			continue;
		}
		const { length } = chunk;
		if (!buffers[next] || buffers[next].length < length) buffers[next] = new Uint8Array(length);
		const copy = buffers[next].subarray(0, length);
		copy.set(chunk);
		memory.transfer(0);
		next = (next + 1) % BUFFERS;
		yield copy;
	}
}
