import {
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

import {
	authorize,
	bearer,
	fetchedToken,
	forgetToken,
	keptToken,
	type Authorization,
} from '../nodes/AlibabaCloudPds/api/authorize';
import { readCredentials, type PdsCredentials } from '../nodes/AlibabaCloudPds/api/credentials';
import { transportOf } from '../nodes/shared/execution';
import { USER_AGENT } from '../nodes/shared/transport';
import { withAdvice } from './with-advice';
import { helperTransport } from './helper-transport';
import { addressBelow, NO_REDIRECTS } from './request-address';

const forType = (...authType: string[]) => ({ show: { authType } });

/** n8n expression for the base URL of the credential's domain. */
const API_BASE_URL = `={{ $credentials.apiBaseUrl ? $credentials.apiBaseUrl.trim().replace(/\\/+$/, '') : 'https://' + $credentials.domainId.trim() + '.api.aliyunpds.com' }}`;

const REFUSED =
	'Alibaba Cloud PDS does not accept this credential. Check the domain ID, the kind of authentication and its fields. An access token may have expired.';

const UNKNOWN = 'There is no PDS API at this address. Check the domain ID and the API base URL.';

/** The stored token for kinds of authentication that fetch none. */
const NO_TOKEN = 'none';

export class AlibabaCloudPdsApi implements ICredentialType {
	name = 'alibabaCloudPdsApi';

	displayName = 'Alibaba Cloud PDS API';

	icon = {
		light: 'file:../nodes/AlibabaCloudPds/pds.svg',
		dark: 'file:../nodes/AlibabaCloudPds/pds.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-dingtalk/n8n-nodes-dingtalk-knowledge-base/blob/main/docs/pds-credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Domain ID',
			name: 'domainId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. bj1',
			description: 'The ID of the PDS domain, shown in the domain list of the PDS console',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://bj1.api.aliyunpds.com',
			description: 'A gateway or VPC address. Leave empty to use the address of the domain.',
		},
		{
			displayName: 'Authentication',
			name: 'authType',
			type: 'options',
			default: 'accessToken',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A token that you fetch yourself, which expires after two hours',
				},
				{
					name: 'AccessKey',
					value: 'accessKey',
					description: 'An Alibaba Cloud RAM key pair with all permissions in the domain',
				},
				{
					name: 'JWT App',
					value: 'jwtApp',
					description: 'An app of the domain with a key pair; tokens are fetched automatically',
				},
			],
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: forType('accessToken'),
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: forType('jwtApp'),
			description: 'The ID of the JWT app, shown under Apps in the PDS console',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			displayOptions: forType('jwtApp'),
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description: 'The private RSA key of the app in PEM format; the console holds the public key',
		},
		{
			displayName: 'Subject Type',
			name: 'subjectType',
			type: 'options',
			default: 'service',
			displayOptions: forType('jwtApp'),
			description: 'On whose behalf files are uploaded',
			options: [
				{
					name: 'Service',
					value: 'service',
					description: 'The super administrator of the domain',
				},
				{ name: 'User', value: 'user', description: 'One user, with their own permissions' },
			],
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			displayOptions: forType('jwtApp'),
			description: 'The ID of the user. Leave empty for the subject type Service.',
		},
		{
			displayName: 'AccessKey ID',
			name: 'accessKeyId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: forType('accessKey'),
		},
		{
			displayName: 'AccessKey Secret',
			name: 'accessKeySecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: forType('accessKey'),
		},
		{
			displayName: 'Security Token',
			name: 'securityToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: forType('accessKey'),
			description: 'For temporary keys (STS) only',
		},
		{
			displayName: 'Fetched Token',
			name: 'fetchedToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches a token when n8n has none yet, or when the service answered 401 to the one it has. */
	async preAuthentication(this: IHttpRequestHelper, data: ICredentialDataDecryptedObject) {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			const { auth } = credentials;
			if (auth.type !== 'jwtApp') return { fetchedToken: NO_TOKEN };
			forgetToken(credentials, String(data.fetchedToken ?? ''));
			const transport = helperTransport(this.helpers);
			return { fetchedToken: await fetchedToken(transport, credentials, auth) };
		});
	}

	/**
	 * Authorizes a request of n8n's HTTP Request node or of the credential test. n8n would keep a
	 * fetched token forever, so the token of this process is used, which is renewed in time. The body
	 * is fixed here, because the signature covers it. Token and signature are sent only to the
	 * credential's own API.
	 */
	authenticate = async (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			const url = addressBelow(request, credentials.apiBaseUrl);
			if (!url) return request;
			const query = queryOf(url, request);
			const body = textOf(request.body);
			const accept = 'application/json';
			const contentType = body === '' ? '' : 'application/json; charset=utf-8';
			const { pathname: path } = url;
			const { method = 'GET' } = request;
			const headers =
				storedOnly(credentials, data) ??
				(await authorize(transportOf({ helpers: {} }), credentials, {
					...{ method, path, query, body, accept, contentType },
				}));
			if (credentials.auth.type !== 'accessKey') {
				const all = { ...request.headers, ...headers };
				const authorized = { ...request, ...NO_REDIRECTS, headers: all };
				return body === EMPTY_BODY ? withText(authorized, body, contentType) : authorized;
			}
			const signed = { ...withoutSigned(request.headers), ...headers };
			const asSigned = { body: body === '' ? undefined : body, json: false, headers: signed };
			return { ...request, ...NO_REDIRECTS, ...asSigned };
		});
	};

	/** Asks who the account is, which any account may; a key pair is the super administrator. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: API_BASE_URL,
			headers: { 'User-Agent': USER_AGENT },
			url: '/v2/user/get',
			body: `={{ $credentials.authType === 'accessKey' ? { user_id: 'superadmin' } : {} }}` as unknown as IDataObject,
		},
		rules: [
			...[400, 401, 403].map((value) => ({
				type: 'responseCode' as const,
				properties: { value, message: REFUSED },
			})),
			{ type: 'responseCode', properties: { value: 404, message: UNKNOWN } },
		],
	};
}

/**
 * Returns the headers with the stored token if no other token may be used. n8n gives `authenticate`
 * no request helper, and so none of the server's network policy. Therefore a token is fetched only
 * from Alibaba Cloud's own hosts; with a base URL of the user, the token that n8n stored must do
 * when this process has none.
 */
function storedOnly(
	credentials: PdsCredentials,
	{ fetchedToken: stored }: ICredentialDataDecryptedObject,
): Authorization | undefined {
	const isFetched = credentials.auth.type === 'jwtApp' && credentials.ownBaseUrl;
	if (!isFetched || keptToken(credentials)) return undefined;
	return bearer(String(stored ?? ''));
}

const EMPTY_BODY = '{}';

/** Sets the body as text: n8n sends an empty object as nothing at all, which is not JSON. */
function withText(
	request: IHttpRequestOptions,
	body: string,
	contentType: string,
): IHttpRequestOptions {
	const headers = { ...request.headers, 'Content-Type': contentType };
	return { ...request, body, json: false, headers };
}

/** Returns the combined query of a request's URL and options. */
function queryOf(url: URL, request: IHttpRequestOptions): Record<string, string> {
	const query: Record<string, string> = Object.fromEntries(url.searchParams);
	for (const [name, value] of Object.entries(request.qs ?? {})) query[name] = String(value);
	return query;
}

/** Returns the body as it will be sent. */
function textOf(body: IHttpRequestOptions['body']): string {
	if (body === undefined || body === null) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Removes headers that the signature sets: a duplicate in another case would contradict it. */
function withoutSigned(headers: IDataObject = {}): IDataObject {
	const set = ['accept', 'content-type', 'content-md5', 'date', 'authorization'];
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !set.includes(name.toLowerCase())),
	);
}
