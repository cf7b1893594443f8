import { startDingTalk, startPds, type LocalService } from '../measure/services';
import type { FaultRule, SEED, StoredDentry, StoredResource } from '../services/dingtalk';
import type { PdsFaultRule, PdsFile, SEED as PDS_SEED } from '../services/pds';

/** A local service, and what the soak does to it from outside. */
export interface SoakService<Seed, Rule, State> extends LocalService<Seed, State> {
	/** Lets requests fail from now on. */
	fail(rule: Omit<Rule, 'when'>): Promise<void>;
	/** Makes every token handed out so far invalid. */
	revokeTokens(): Promise<void>;
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

export async function startSoakedDingTalk(): Promise<DingTalkService> {
	return harmed(await startDingTalk<DingTalkState>([...TOKEN_LIFE, '--hashes', 'md5,sha256']));
}

export async function startSoakedPds(): Promise<PdsService> {
	return harmed(await startPds<PdsState>([...TOKEN_LIFE, '--hashes', 'md5,sha1']));
}

function harmed<Seed, Rule, State>(
	service: LocalService<Seed, State>,
): SoakService<Seed, Rule, State> {
	return {
		...service,
		fail: async (rule) => await service.tell('fail', rule),
		revokeTokens: async () => await service.tell('revoke-tokens'),
	};
}
