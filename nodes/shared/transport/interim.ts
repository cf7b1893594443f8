import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';

/** Informational responses except 101, which switches to another protocol. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;

/** Number of bytes that show which kind of head this is. */
const ENOUGH = 'HTTP/1.1 100 '.length;

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Longest head to wait for, in bytes; the informational ones of gateways are shorter. */
const MAX_HEAD = 16 * 1024;

/**
 * Removes informational responses, such as "100 Continue", from the data of a socket. A server may
 * send them unasked (RFC 9110, section 15.2), and gateways do, but undici destroys the connection
 * when it sees a 100: a stored file would be reported as lost. undici has no option for this and
 * decided so in its first year (https://github.com/nodejs/undici/pull/201).
 *
 * Bodies are not touched: only the data between the start of a request and the head of its response
 * is inspected.
 */
export function withoutInterim<S extends Socket>(socket: S): S {
	const filter = new InterimFilter();
	const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
	const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
	return Object.assign(socket, {
		read: (size?: number) => {
			for (;;) {
				const chunk = read(size);
				if (chunk === null) return null;
				const rest = filter.pass(chunk);
				if (rest.length > 0) return rest;
			}
		},
		write: (...given: unknown[]) => {
			filter.expectHead();
			return write(...given);
		},
	});
}

const HTTP = 'HTTP/1.';

function mayBeHttp(data: Buffer): boolean {
	return HTTP.startsWith(data.toString('latin1', 0, HTTP.length));
}

class InterimFilter {
	private expectsHead = true;

	/** The start of a head that may be informational. */
	private held: Buffer = Buffer.alloc(0);

	expectHead(): void {
		this.expectsHead = true;
	}

	/** Returns what remains of a chunk: nothing while its kind is undecided. */
	pass(chunk: Buffer): Buffer {
		if (!this.expectsHead) return chunk;
		let data = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
		this.held = Buffer.alloc(0);
		while (INTERIM.test(data.toString('latin1', 0, ENOUGH))) {
			const end = data.indexOf(END_OF_HEAD);
			if (end < 0) return this.hold(data);
			data = data.subarray(end + END_OF_HEAD.length);
		}
		if (data.length < ENOUGH && mayBeHttp(data)) return this.hold(data);
		this.expectsHead = false;
		return data;
	}

	private hold(data: Buffer): Buffer {
		if (data.length > MAX_HEAD) {
			this.expectsHead = false;
			return data;
		}
		this.held = data;
		return Buffer.alloc(0);
	}
}
