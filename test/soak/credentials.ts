import type { CredentialData } from '../engine';
import type { CredentialSet, WorkerStart } from './messages';

/** The credentials as n8n would hold them. Tokens come from the services and do not live long. */
export function credentialsOf(
	name: CredentialSet,
	{ dingTalk, pds }: Pick<WorkerStart, 'dingTalk' | 'pds'>,
): CredentialData {
	const { seed, apiUrl } = dingTalk;
	const { appKey, appSecret } = name === 'noWrite' ? seed.appWithoutWrite : seed.app;
	const { appId, privateKey, userId } = pds.seed.jwt;
	return {
		dingTalkApi: {
			region: 'custom',
			apiBaseUrl: name === 'unreachable' ? NOBODY : apiUrl,
			appType: 'internal',
			appKey,
			appSecret,
			operatorUnionId: seed.operator.unionId,
		},
		alibabaCloudPdsApi: {
			domainId: pds.seed.domainId,
			apiBaseUrl: name === 'unreachable' ? NOBODY : pds.apiUrl,
			authType: 'jwtApp',
			appId,
			privateKey,
			subject: userId,
			subjectType: 'user',
		},
	};
}

/** Port 1 is reserved and nothing listens there. */
const NOBODY = 'http://127.0.0.1:1';
