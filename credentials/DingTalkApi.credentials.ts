import {
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type IHttpRequestHelper,
	type INodeProperties,
} from 'n8n-workflow';

import {
	accessToken,
	forgetAccessToken,
	keptAccessToken,
} from '../nodes/DingTalkKnowledgeBase/api/access-token';
import {
	readCredentials,
	type DingTalkCredentials,
} from '../nodes/DingTalkKnowledgeBase/api/credentials';
import { transportOf } from '../nodes/shared/execution';
import { USER_AGENT } from '../nodes/shared/transport';
import { withAdvice } from './with-advice';
import { helperTransport } from './helper-transport';
import { addressBelow, NO_REDIRECTS } from './request-address';

const THIRD_PARTY = { show: { appType: ['thirdParty'] } };
const CUSTOM = { show: { region: ['custom'] } };

/** n8n expression for the base URL of the credential's region. */
const API_BASE_URL = `={{ $credentials.region === 'custom' ? $credentials.apiBaseUrl.replace(/\\/+$/, '') : $credentials.region === 'china' ? 'https://api.dingtalk.com' : 'https://api.dingtalk.io' }}`;

const WRONG_APP =
	'DingTalk does not know this app key and secret. Check both, and the region: dingtalk.io does not know apps of dingtalk.com, and vice versa.';

const BUSY = 'DingTalk could not respond right now. Test again in a moment.';

/** Messages for failed tests, by HTTP status. */
const TEST_MESSAGES: Record<number, string> = {
	400: WRONG_APP,
	401: WRONG_APP,
	403: "DingTalk refuses calls from this server. Add its public IP address to the app's allow-list in the developer console. If it is already there, the app is making too many calls.",
	404: 'There is no DingTalk API at this address. Check the base URL.',
	429: BUSY,
	500: BUSY,
	502: BUSY,
	503: BUSY,
	504: BUSY,
};

export class DingTalkApi implements ICredentialType {
	name = 'dingTalkApi';

	displayName = 'DingTalk API';

	icon = {
		light: 'file:../nodes/DingTalkKnowledgeBase/dingTalk.svg',
		dark: 'file:../nodes/DingTalkKnowledgeBase/dingTalk.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-dingtalk/n8n-nodes-dingtalk-knowledge-base/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: 'international',
			description:
				'The region in which the organisation is registered; apps of one region do not work in the other',
			options: [
				{ name: 'China (api.dingtalk.com)', value: 'china' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'International (api.dingtalk.io)', value: 'international' },
			],
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.dingtalk.com',
			displayOptions: CUSTOM,
			description: 'The address for API calls, e.g. of your own gateway or a local test service',
		},
		{
			displayName: 'Legacy API Base URL',
			name: 'legacyApiBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://oapi.dingtalk.com',
			displayOptions: CUSTOM,
			description: 'The address for calls to /topapi/; defaults to the API base URL',
		},
		{
			displayName: 'App Type',
			name: 'appType',
			type: 'options',
			default: 'internal',
			options: [
				{
					name: 'Internal App',
					value: 'internal',
					description: 'An app of your own organisation',
				},
				{
					name: 'Third-Party App',
					value: 'thirdParty',
					description: 'An app authorised by other organisations',
				},
			],
		},
		{
			displayName: 'App Key (Client ID)',
			name: 'appKey',
			type: 'string',
			default: '',
			required: true,
			description:
				'The Client ID (AppKey) of the app, or the SuiteKey of a third-party app, shown under Credentials in the developer console',
		},
		{
			displayName: 'App Secret (Client Secret)',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Corp ID',
			name: 'corpId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: THIRD_PARTY,
			description: 'The organisation that authorised the app',
		},
		{
			displayName: 'Suite Ticket',
			name: 'suiteTicket',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: THIRD_PARTY,
			description:
				'The latest ticket that DingTalk pushed to the app; use an expression to keep it up to date',
		},
		{
			displayName: 'Operator Union ID',
			name: 'operatorUnionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ZdjewMV0aH8ujpZCN4t6WXiE',
			description: 'On whose behalf files are uploaded when the node specifies no operator',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches a token when n8n has none yet, or when a service answered 401 to the one it has. */
	async preAuthentication(this: IHttpRequestHelper, data: ICredentialDataDecryptedObject) {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			forgetAccessToken(credentials, String(data.accessToken ?? ''));
			return { accessToken: await accessToken(helperTransport(this.helpers), credentials) };
		});
	}

	/**
	 * Authorizes a request of n8n's HTTP Request node. n8n keeps a stored token forever and renews it
	 * only on HTTP 401, but DingTalk's expire after two hours with HTTP 400. So the token of this
	 * process is used, which is renewed in time. It is sent only to the credential's own hosts.
	 */
	authenticate = async (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			const api = apiOf(credentials, request);
			if (!api) return request;
			const token = await tokenForRequest(credentials, String(data.accessToken ?? ''));
			const own = { ...request, ...NO_REDIRECTS };
			if (api === 'legacy') return { ...own, qs: { ...request.qs, access_token: token } };
			return { ...own, headers: { ...request.headers, 'x-acs-dingtalk-access-token': token } };
		});
	};

	/** Fetches another token, which verifies key, secret and region, and needs no permission. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: API_BASE_URL,
			headers: { 'User-Agent': USER_AGENT },
			url: `={{ $credentials.appType === 'thirdParty' ? '/v1.0/oauth2/corpAccessToken' : '/v1.0/oauth2/accessToken' }}`,
			body: `={{ $credentials.appType === 'thirdParty' ? { suiteKey: $credentials.appKey, suiteSecret: $credentials.appSecret, authCorpId: $credentials.corpId, suiteTicket: $credentials.suiteTicket } : { appKey: $credentials.appKey, appSecret: $credentials.appSecret } }}` as unknown as IDataObject,
		},
		rules: Object.entries(TEST_MESSAGES).map(([status, message]) => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		})),
	};
}

/** Returns which of the two APIs a request goes to: the old one takes the token in the query. */
function apiOf(
	{ apiBaseUrl, legacyApiBaseUrl }: DingTalkCredentials,
	request: IHttpRequestOptions,
): 'api' | 'legacy' | undefined {
	const isSameHost = apiBaseUrl === legacyApiBaseUrl;
	const legacy = addressBelow(request, legacyApiBaseUrl);
	if (legacy && (!isSameHost || legacy.pathname.includes('/topapi/'))) return 'legacy';
	return addressBelow(request, apiBaseUrl) && 'api';
}

/**
 * Returns the token for a request. n8n gives `authenticate` no request helper, and so none of the
 * server's network policy. Therefore a token is fetched only from DingTalk's own hosts; with a base
 * URL of the user, the token that n8n stored must do when this process has none.
 */
async function tokenForRequest(credentials: DingTalkCredentials, stored: string): Promise<string> {
	const kept = keptAccessToken(credentials);
	if (kept) return kept;
	if (credentials.region === 'custom') return stored;
	return await accessToken(transportOf({ helpers: {} }), credentials);
}
