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
	forgetAuthorization,
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

/** `={{ }}` text for the base URL of the credential's domain. */
const API_BASE_URL = `={{ $credentials.apiBaseUrl ? $credentials.apiBaseUrl.trim().replace(/\\/+$/, '') : 'https://' + $credentials.domainId.trim() + '.api.aliyunpds.com' }}`;

const REFUSED =
	'Alibaba Cloud PDS does not accept this credential. Check the domain ID, the kind of authentication and its fields; an access token may have expired.';

const UNKNOWN = 'There is no PDS API at this address. Check the domain ID and the API base URL.';

/** What n8n stores for kinds of authentication that need no token of their own. */
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
			description: 'The ID of the PDS domain, in the PDS console in the list of domains',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://bj1.api.aliyunpds.com',
			description: 'Leave empty for the address of the domain; else a gateway or VPC address',
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
					description: 'A token that you fetch yourself; it expires after two hours',
				},
				{
					name: 'AccessKey',
					value: 'accessKey',
					description: 'A key pair of Alibaba Cloud RAM, with all rights in the domain',
				},
				{
					name: 'JWT App',
					value: 'jwtApp',
					description: 'An app of the domain with a key pair; tokens are fetched when needed',
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
			description: 'The ID of the JWT app, in the PDS console under Apps',
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
			description: 'The RSA key of the app in PEM; the console has its public half',
		},
		{
			displayName: 'Subject Type',
			name: 'subjectType',
			type: 'options',
			default: 'service',
			displayOptions: forType('jwtApp'),
			description: 'In whose name files are uploaded',
			options: [
				{
					name: 'Service',
					value: 'service',
					description: 'The super administrator of the domain',
				},
				{ name: 'User', value: 'user', description: 'One user, with the rights of that user' },
			],
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			displayOptions: forType('jwtApp'),
			description: 'The ID of the user; with the subject type Service leave it empty',
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

	/** Runs when n8n has no token yet, or when the service answered 401 to the one it has. */
	async preAuthentication(this: IHttpRequestHelper, data: ICredentialDataDecryptedObject) {
		return await withAdvice(async () => {
			const credentials = readCredentials(data);
			const { auth } = credentials;
			if (auth.type !== 'jwtApp') return { fetchedToken: NO_TOKEN };
			forgetAuthorization(credentials, bearer(String(data.fetchedToken ?? '')));
			const transport = helperTransport(this.helpers);
			return { fetchedToken: await fetchedToken(transport, credentials, auth) };
		});
	}

	/**
	 * For n8n's HTTP Request node and the test. n8n would keep a fetched token for ever; the one of
	 * the process is renewed in time. A signature covers the body, so it is fixed here. Token and
	 * signature go to the credential's own API alone.
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

	/** Asks who one is, which everybody may who is let in; a key pair is the super administrator. */
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
 * n8n gives no request helper to `authenticate`, and with it none of the server's network policy. So a
 * token is fetched from Alibaba Cloud's own hosts alone; with a base URL of the user's, the one that
 * n8n keeps has to do when this process has none.
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

/** n8n sends an empty object as nothing at all, which is no JSON; a text it sends as it is. */
function withText(
	request: IHttpRequestOptions,
	body: string,
	contentType: string,
): IHttpRequestOptions {
	const headers = { ...request.headers, 'Content-Type': contentType };
	return { ...request, body, json: false, headers };
}

/** The query of a request's address and of its options together. */
function queryOf(url: URL, request: IHttpRequestOptions): Record<string, string> {
	const query: Record<string, string> = Object.fromEntries(url.searchParams);
	for (const [name, value] of Object.entries(request.qs ?? {})) query[name] = String(value);
	return query;
}

/** The body as it will be sent. */
function textOf(body: IHttpRequestOptions['body']): string {
	if (body === undefined || body === null) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The signature sets these; twice in other letters they would contradict it. */
function withoutSigned(headers: IDataObject = {}): IDataObject {
	const set = ['accept', 'content-type', 'content-md5', 'date', 'authorization'];
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !set.includes(name.toLowerCase())),
	);
}
