import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';

/** What a credential is made of. */
interface Place<Seed> {
	apiUrl: string;
	seed: Seed;
}

/** The fields of `dingTalkApi` for the local DingTalk. */
export function dingTalkCredential({ apiUrl, seed }: Place<typeof SEED>) {
	const { appKey, appSecret } = seed.app;
	return {
		region: 'custom',
		apiBaseUrl: apiUrl,
		appType: 'internal',
		appKey,
		appSecret,
		operatorUnionId: seed.operator.unionId,
	};
}

/** The fields of `alibabaCloudPdsApi` for the local PDS, with its access token. */
export function pdsCredential({
	apiUrl,
	seed,
}: Place<Pick<typeof PDS_SEED, 'domainId' | 'accessToken'>>) {
	const { domainId, accessToken } = seed;
	return { domainId, apiBaseUrl: apiUrl, authType: 'accessToken', accessToken };
}
