import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as TransportRoom from '../../../nodes/shared/transport';
import { projectFolder } from '../../engine';

/** The room of the built nodes, which is the one that n8n's engine loads. */
const built = join(projectFolder, 'dist', 'nodes', 'shared', 'transport');
export const { closeDispatchers, UndiciTransport } = createRequire(import.meta.url)(
	built,
) as typeof TransportRoom;

/** A run whose waiting is cut short, so that hundreds can be played. */
export interface Haste {
	/** The first requests to these paths: they hang, and are given up after `timeout`. */
	hanging?: { path: RegExp; timeout: number; requests: number };
	/** Requests to these paths that were begun. */
	begun: number;
	/** Every wait the node asked for: milliseconds. */
	waits: number[];
	/** Longer waits end after this: milliseconds; default {@link LONGEST_WAIT}. */
	longest?: number;
}

/** What the longest wait of a run in haste takes: milliseconds. */
export const LONGEST_WAIT = 1_000;

const runs = new AsyncLocalStorage<Haste>();

/** Runs `action` in haste; all else in the process keeps its patience. */
export async function inHaste<T>(haste: Haste, action: () => Promise<T>): Promise<T> {
	return await runs.run(haste, action);
}

/** Runs `action` with hardly any pause between its tries. */
export async function withoutWaits<T>(action: () => Promise<T>): Promise<T> {
	return await inHaste({ waits: [], begun: 0, longest: 10 }, action);
}

const { send, wait } = UndiciTransport.prototype;

Object.assign(UndiciTransport.prototype, {
	async send(this: InstanceType<typeof UndiciTransport>, request: TransportRoom.HttpRequest) {
		const haste = runs.getStore();
		const hanging = haste?.hanging;
		if (!haste || !hanging?.path.test(new URL(request.url).pathname)) {
			return await send.call(this, request);
		}
		const hangs = haste.begun++ < hanging.requests;
		return await send.call(this, hangs ? { ...request, timeout: hanging.timeout } : request);
	},
	async wait(
		this: InstanceType<typeof UndiciTransport>,
		milliseconds: number,
		signal?: AbortSignal,
	) {
		const haste = runs.getStore();
		haste?.waits.push(milliseconds);
		return await wait.call(
			this,
			haste ? Math.min(milliseconds, haste.longest ?? LONGEST_WAIT) : milliseconds,
			signal,
		);
	},
} satisfies Pick<TransportRoom.Transport, 'send' | 'wait'>);
