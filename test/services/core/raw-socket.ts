import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** The head of an answer as it goes over the wire; `lines` come first and may repeat a name. */
export function rawHead(
	status: number,
	lines: Array<[string, string]>,
	headers: Record<string, string>,
): string {
	const all = [...lines, ...Object.entries(headers)].map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${all.join('')}\r\n`;
}

/** Pieces a second of an answer that comes slowly. */
const PIECES = 20;

/**
 * Sends the head at once and the body at this speed, then closes; without a body it is the head
 * that comes slowly. Ends when the other side has left.
 */
export function sendSlowly(
	socket: Socket,
	head: string,
	body: string | Buffer,
	bytesPerSecond: number,
): void {
	const atOnce = body.length > 0 ? head : head.slice(0, head.indexOf('\r\n') + 2);
	const slowly = Buffer.concat([Buffer.from(head.slice(atOnce.length)), Buffer.from(body)]);
	socket.write(atOnce);
	// Less than a byte a piece is a byte every few pieces.
	const piece = Math.max(1, Math.round(bytesPerSecond / PIECES));
	let sent = 0;
	const timer = setInterval(
		() => {
			socket.write(slowly.subarray(sent, sent + piece));
			sent += piece;
			if (sent < slowly.length) return;
			clearInterval(timer);
			socket.end();
		},
		(piece * 1000) / bytesPerSecond,
	).unref();
	socket.once('close', () => clearInterval(timer));
}
