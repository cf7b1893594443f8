import {
	ServiceClient,
	type ClientOptions as SharedOptions,
	type Service,
	type ServiceCall,
} from '../../shared/service';
import type { Transport } from '../../shared/transport';
import { authorize, forgetToken } from './authorize';
import type { PdsCredentials } from './credentials';
import { isTokenRefused, WORDING } from './service-error';

export type ApiCall<Answer> = ServiceCall<Answer>;

export interface ClientOptions extends SharedOptions {
	credentials: PdsCredentials;
}

/** Makes calls with one credential. */
export class PdsClient extends ServiceClient {
	readonly credentials: PdsCredentials;

	constructor({ credentials, ...options }: ClientOptions) {
		super(serviceFor(credentials, options.transport), options);
		this.credentials = credentials;
	}
}

function serviceFor(credentials: PdsCredentials, transport: Transport): Service {
	return {
		wording: WORDING,
		baseUrlOf: () => credentials.apiBaseUrl,
		authorize: async ({ url, ...request }, signal) => {
			const { pathname: path } = new URL(url);
			const headers = await authorize(transport, credentials, { ...request, path }, signal);
			const [, token] = /^Bearer (.+)$/.exec(headers.Authorization ?? '') ?? [];
			return { headers, token };
		},
		renew: (error, { token = '' }) => {
			if (credentials.auth.type !== 'jwtApp' || !isTokenRefused(error)) return false;
			forgetToken(credentials, token);
			return true;
		},
	};
}
