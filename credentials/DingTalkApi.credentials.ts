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

/** `={{ }}` text for the base URL of the credential's region. */
const API_BASE_URL = `={{ $credentials.region === 'custom' ? $credentials.apiBaseUrl.replace(/\\/+$/, '') : $credentials.region === 'china' ? 'https://api.dingtalk.com' : 'https://api.dingtalk.io' }}`;

const WRONG_APP =
	'DingTalk does not know this app key and secret. Check both, and the region: an app of dingtalk.com is unknown to dingtalk.io and the other way round.';

const BUSY = 'DingTalk could not answer just now. Test again in a moment.';

/** What an answer to the test means, by HTTP status. */
const TEST_MESSAGES: Record<number, string> = {
	400: WRONG_APP,
	401: WRONG_APP,
	403: "DingTalk refuses calls from this server. Add its public IP address to the app's allow-list in the developer console; if it is there, the app makes too many calls at the moment.",
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
				'Where the organisation is registered; an app of one region is unknown to the other',
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
			description: 'Where the calls go, for a gateway of your own or a local test service',
		},
		{
			displayName: 'Legacy API Base URL',
			name: 'legacyApiBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://oapi.dingtalk.com',
			displayOptions: CUSTOM,
			description: 'Where the calls to /topapi/ go; by default the API base URL',
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
					description: 'An app that other organisations have authorised',
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
				'Client ID or AppKey of the app, SuiteKey of a third-party app: in the developer console under Credentials',
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
				'The latest ticket that DingTalk pushed to the app; use an expression to keep it fresh',
		},
		{
			displayName: 'Operator Union ID',
			name: 'operatorUnionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ZdjewMV0aH8ujpZCN4t6WXiE',
			description: 'In whose name files are uploaded when the node names nobody',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Runs when n8n has no token yet, or when a service answered 401 to the one it has. */
	async preAuthentication(this: IHttpRequestHelper, data: ICredentialDataDecryptedObject) {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			forgetAccessToken(credentials, String(data.accessToken ?? ''));
			return { accessToken: await accessToken(helperTransport(this.helpers), credentials) };
		});
	}

	/**
	 * For n8n's HTTP Request node. n8n keeps the stored token for ever and renews it on HTTP 401
	 * only, but DingTalk's end after two hours with HTTP 400; so the process's own token is used,
	 * which is renewed in time. The token goes to the credential's own hosts alone.
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

	/** Asks for a token again: it tells about key, secret and region, and needs no permission. */
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

/** Which of the two APIs a request goes to: the old one takes the token in the query. */
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
 * n8n gives no request helper here, and with it none of the server's network policy. So a token is
 * fetched from DingTalk's own hosts alone; with a base URL of the user's, the one that n8n keeps has
 * to do when this process has none.
 */
async function tokenForRequest(credentials: DingTalkCredentials, stored: string): Promise<string> {
	const kept = keptAccessToken(credentials);
	if (kept) return kept;
	if (credentials.region === 'custom') return stored;
	return await accessToken(transportOf({ helpers: {} }), credentials);
}
