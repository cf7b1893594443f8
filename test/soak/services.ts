import { call, startLocal } from '../bench/local-process';
import type { FaultRule, SEED, StoredDentry, StoredResource } from '../services/dingtalk';
import type { PdsFaultRule, PdsFile, SEED as PDS_SEED } from '../services/pds';

/** A local service in a process of its own, and what the soak does to it from outside. */
export interface SoakService<Seed, Rule, State> {
	apiUrl: string;
	ossUrl: string;
	seed: Seed;
	/** Lets requests fail from now on. */
	fail(rule: Omit<Rule, 'when'>): Promise<void>;
	/** Makes every token handed out so far invalid. */
	revokeTokens(): Promise<void>;
	/** Back to the start: nothing stored, no faults, no tokens. */
	reset(): Promise<void>;
	state(): Promise<State>;
	stop(): Promise<void>;
}

export interface DingTalkState {
	files: Array<Pick<StoredDentry, 'name' | 'size' | 'sha256'>>;
	resources: Array<Pick<StoredResource, 'name' | 'size' | 'sha256'>>;
}

export interface PdsState {
	files: Array<Pick<PdsFile, 'name' | 'size' | 'sha1'>>;
}

export type DingTalkService = SoakService<typeof SEED, FaultRule, DingTalkState>;
export type PdsService = SoakService<typeof PDS_SEED, PdsFaultRule, PdsState>;

/** Seconds; the nodes use half of it, so that tokens end within the run again and again. */
const TOKEN_LIFE = ['--token-life', '40'];

export async function startDingTalk(): Promise<DingTalkService> {
	return await start('dingtalk', [...TOKEN_LIFE, '--hashes', 'md5,sha256']);
}

export async function startPds(): Promise<PdsService> {
	return await start('pds', [...TOKEN_LIFE, '--hashes', 'md5,sha1']);
}

async function start<Seed, Rule, State>(
	service: 'dingtalk' | 'pds',
	args: string[],
): Promise<SoakService<Seed, Rule, State>> {
	const { hello, stop } = await startLocal<{ apiUrl: string; ossUrl: string; seed: Seed }>(
		service,
		args,
	);
	const post = async (path: string, body?: object) =>
		void (await call(`${hello.apiUrl}/_local/${path}`, {
			method: 'POST',
			...(body && { body: JSON.stringify(body) }),
		}));
	return {
		...hello,
		fail: async (rule) => await post('fail', rule),
		revokeTokens: async () => await post('revoke-tokens'),
		reset: async () => await post('reset'),
		state: async () => await call(`${hello.apiUrl}/_local/state`),
		stop,
	};
}
