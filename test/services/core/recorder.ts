import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Front, RecordedCall } from './types';

interface SocketBook {
	numbers: WeakMap<Socket, number>;
	open: Set<Socket>;
	/** Since the last reset. */
	opened: number;
	lastNumber: number;
}

function newBook(): SocketBook {
	return { numbers: new WeakMap(), open: new Set(), opened: 0, lastNumber: 0 };
}

/** Writes down every request and every connection. */
export class Recorder<Name extends string> {
	readonly calls: Array<RecordedCall<Name>> = [];
	private readonly sockets = { api: newBook(), oss: newBook() };

	constructor(private readonly now: () => number) {}

	/** Writes a request down as it arrives; what is learnt later is filled into the result. */
	begin(front: Front, name: Name, request: IncomingMessage): RecordedCall<Name> {
		const url = request.url ?? '/';
		const mark = url.indexOf('?');
		const call: RecordedCall<Name> = {
			at: this.now(),
			front,
			name,
			method: request.method ?? '',
			path: mark < 0 ? url : url.slice(0, mark),
			query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(mark + 1))),
			headers: Object.fromEntries(
				Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
			),
			status: 0,
			connection: this.numberOf(front, request.socket),
		};
		this.calls.push(call);
		return call;
	}

	/**
	 * Connections that carried at least one recorded request, so not those that only looked at the
	 * control surface: new ones since the last reset, and those open now. One that a `stall` stopped
	 * reading counts as open to the end: unread bytes hide that the other side has left.
	 */
	connections(front: Front): { opened: number; open: number } {
		const { opened, open } = this.sockets[front];
		return { opened, open: [...open].filter((socket) => !socket.destroyed).length };
	}

	/** Forgets all calls; connections still open stay known but no longer count as opened. */
	clear(): void {
		this.calls.length = 0;
		this.sockets.api.opened = 0;
		this.sockets.oss.opened = 0;
	}

	private numberOf(front: Front, socket: Socket): number {
		const book = this.sockets[front];
		const known = book.numbers.get(socket);
		if (known !== undefined) return known;
		book.opened++;
		book.numbers.set(socket, ++book.lastNumber);
		book.open.add(socket);
		socket.once('close', () => book.open.delete(socket));
		return book.lastNumber;
	}
}
