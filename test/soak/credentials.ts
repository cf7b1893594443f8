import type { CredentialData } from '../engine';
import { dingTalkCredential } from '../measure/credentials';
import type { CredentialSet, WorkerStart } from './messages';

/** The credentials as n8n would hold them. Tokens come from the services and do not live long. */
export function credentialsOf(
	name: CredentialSet,
	{ dingTalk, pds }: Pick<WorkerStart, 'dingTalk' | 'pds'>,
): CredentialData {
	const { seed } = dingTalk;
	const app = name === 'noWrite' ? seed.appWithoutWrite : seed.app;
	const url = (apiUrl: string) => (name === 'unreachable' ? NOBODY : apiUrl);
	const { appId, privateKey, userId } = pds.seed.jwt;
	return {
		dingTalkApi: dingTalkCredential({ apiUrl: url(dingTalk.apiUrl), seed: { ...seed, app } }),
		alibabaCloudPdsApi: {
			domainId: pds.seed.domainId,
			apiBaseUrl: url(pds.apiUrl),
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
