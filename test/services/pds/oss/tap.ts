import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { spoilt } from '../../dingtalk/oss/receive';
import type { PdsFault } from '../types';

/** How far a connection may run ahead after a timer that came late. */
const CATCH_UP_MS = 10;
/** Timers are no finer than this. */
const TIMER_MS = 2;

/** When each connection may go on reading. */
const due = new WeakMap<Socket, number>();

async function pace(socket: Socket, bytes: number, bytesPerSecond: number): Promise<void> {
	const now = performance.now();
	const from = Math.max(due.get(socket) ?? 0, now - CATCH_UP_MS);
	const until = from + (bytes * 1000) / bytesPerSecond;
	due.set(socket, until);
	if (until - now > TIMER_MS) await sleep(until - now, undefined, { ref: false });
}

function bytesUntilCut(fault: PdsFault | undefined, request: IncomingMessage): number {
	if (fault?.kind !== 'shortPart') return Infinity;
	return fault.afterBytes ?? Math.floor(Number(request.headers['content-length'] ?? 0) / 2);
}

/** How a body is looked at while it passes. */
export interface Tap {
	bytesPerSecond: number;
	/** Of the kinds that change what arrives: `corrupt`, `otherBytes` and `shortPart`. */
	fault?: PdsFault;
	/** Called with each chunk as it will be stored. */
	see(chunk: Buffer): void;
}

async function* tapped(request: IncomingMessage, tap: Tap): AsyncGenerator<Buffer> {
	const cut = bytesUntilCut(tap.fault, request);
	let passed = 0;
	// Not `for await`: leaving it would destroy the request, and with it the answer's socket.
	const chunks = request[Symbol.asyncIterator]();
	while (passed < cut) {
		const next = await chunks.next();
		if (next.done) break;
		if (tap.fault?.kind === 'otherBytes') continue;
		const arrived = (next.value as Buffer).subarray(0, cut - passed);
		const chunk = spoilt(arrived, passed, request, tap.fault);
		passed += chunk.length;
		if (tap.bytesPerSecond > 0) await pace(request.socket, chunk.length, tap.bytesPerSecond);
		tap.see(chunk);
		yield chunk;
	}
	if (tap.fault?.kind !== 'otherBytes') return;
	tap.see(tap.fault.bytes);
	yield tap.fault.bytes;
}

/** A request whose body is looked at, slowed, cut or spoilt on its way to who reads it. */
export function tapBody(request: IncomingMessage, tap: Tap): IncomingMessage {
	const { headers, socket } = request;
	const view = { headers, socket, [Symbol.asyncIterator]: () => tapped(request, tap) };
	return view as unknown as IncomingMessage;
}
