import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';

/** All but 101, which hands the connection over to another protocol. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;

/** Bytes that tell what a head is. */
const ENOUGH = 'HTTP/1.1 100 '.length;

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Longer heads are not waited for: they are none of a gateway. */
const MAX_HEAD = 16 * 1024;

/**
 * Leaves informational answers, such as "100 Continue", out of what a connection gives to read. A
 * server may send them unasked (RFC 9110 15.2), and gateways do, but undici destroys the connection
 * for a 100: a file that is stored would be called lost. There is no option for it; undici decided so
 * in its first year (https://github.com/nodejs/undici/pull/201).
 *
 * Bodies are left alone: only what comes between the begin of a request and its answer is looked at.
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

	/** The begin of a head that may be an informational one. */
	private held: Buffer = Buffer.alloc(0);

	expectHead(): void {
		this.expectsHead = true;
	}

	/** What is left of a chunk; nothing while it cannot be told. */
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
