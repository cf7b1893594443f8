import type { UploadError } from '../../shared/errors';
import {
	ServiceClient,
	type ClientOptions as SharedOptions,
	type Service,
	type ServiceCall,
} from '../../shared/service';
import type { Transport } from '../../shared/transport';
import { accessToken, forgetAccessToken, suspectAccessToken } from './access-token';
import type { DingTalkCredentials } from './credentials';
import { isLegacy, isPermissionMissing, isTokenRefused, WORDING } from './service-error';

export type ApiCall<Answer> = ServiceCall<Answer>;

/** DingTalk's limit for standard-edition organisations, per app and API. */
export const DEFAULT_CALLS_PER_SECOND = 20;

const TOKEN_HEADER = 'x-acs-dingtalk-access-token';
const LEGACY_TOKEN = 'access_token';

export interface ClientOptions extends SharedOptions {
	credentials: DingTalkCredentials;
	callsPerSecond?: number;
}

/** Makes calls as one app. */
export class DingTalkClient extends ServiceClient {
	readonly credentials: DingTalkCredentials;

	constructor({ credentials, callsPerSecond, ...options }: ClientOptions) {
		super(serviceFor(credentials, options.transport, callsPerSecond), options);
		this.credentials = credentials;
	}
}

function serviceFor(
	credentials: DingTalkCredentials,
	transport: Transport,
	callsPerSecond = DEFAULT_CALLS_PER_SECOND,
): Service {
	const { apiBaseUrl, legacyApiBaseUrl, appKey } = credentials;
	return {
		wording: WORDING,
		baseUrlOf: (path) => (isLegacy(path) ? legacyApiBaseUrl : apiBaseUrl),
		authorize: async ({ path }, signal) => {
			const token = await accessToken(transport, credentials, signal);
			return isLegacy(path)
				? { token, query: { [LEGACY_TOKEN]: token } }
				: { token, headers: { [TOKEN_HEADER]: token } };
		},
		renew: (error, { token = '' }) => renew(credentials, error, token),
		rate: { key: `${apiBaseUrl} ${appKey}`, perSecond: callsPerSecond },
	};
}

function renew(credentials: DingTalkCredentials, error: UploadError, refused: string): boolean {
	if (isPermissionMissing(error)) return suspectAccessToken(credentials, refused);
	if (!isTokenRefused(error)) return false;
	forgetAccessToken(credentials, refused);
	return true;
}
