import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';
import { call, startLocal } from './local-process';

/** A local service in a process of its own, so that its work is not the node's. */
export interface LocalService<Seed, State> {
	apiUrl: string;
	ossUrl: string;
	seed: Seed;
	/** Posts to one of its ways to be looked into: `/_local/<path>`. */
	tell(path: string, body?: object): Promise<void>;
	/** Back to the start: nothing stored, no calls, no faults, no tokens. */
	reset(): Promise<void>;
	state(): Promise<State>;
	stop(): Promise<void>;
}

/** Starts the local DingTalk. @param args those of test/services/dingtalk/cli.ts */
export async function startDingTalk<State>(
	args: string[],
): Promise<LocalService<typeof SEED, State>> {
	return await start('dingtalk', args);
}

/** Starts the local PDS. @param args those of test/services/pds/cli.ts */
export async function startPds<State>(
	args: string[],
): Promise<LocalService<typeof PDS_SEED, State>> {
	return await start('pds', args);
}

async function start<Seed, State>(
	service: 'dingtalk' | 'pds',
	args: string[],
): Promise<LocalService<Seed, State>> {
	const { hello, stop } = await startLocal<{ apiUrl: string; ossUrl: string; seed: Seed }>(
		service,
		args,
	);
	const { apiUrl } = hello;
	const tell = async (path: string, body?: object) =>
		void (await call(`${apiUrl}/_local/${path}`, {
			method: 'POST',
			...(body && { body: JSON.stringify(body) }),
		}));
	return {
		...hello,
		tell,
		reset: async () => await tell('reset'),
		state: async () => await call(`${apiUrl}/_local/state`),
		stop,
	};
}
