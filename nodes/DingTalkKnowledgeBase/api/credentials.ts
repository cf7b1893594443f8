import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { readChoice } from '../../shared/options';
import { parseBaseUrl } from '../../shared/web-address';

/** The credential `dingTalkApi`, as the calls need it. */
export interface DingTalkCredentials {
	region: 'international' | 'china' | 'custom';
	/** Without a trailing slash. */
	apiBaseUrl: string;
	/** The base URL of the `/topapi/…` calls, without a trailing slash. */
	legacyApiBaseUrl: string;
	appType: 'internal' | 'thirdParty';
	appKey: string;
	appSecret: string;
	corpId: string;
	suiteTicket: string;
	operatorUnionId: string;
}

/** The two regions have separate logins and gateways; the paths are the same. */
const HOSTS = {
	international: { api: 'https://api.dingtalk.io', legacy: 'https://oapi.dingtalk.io' },
	china: { api: 'https://api.dingtalk.com', legacy: 'https://oapi.dingtalk.com' },
};

const REGIONS = ['international', 'china', 'custom'] as const;
const APP_TYPES = ['internal', 'thirdParty'] as const;

/**
 * Reads the data that n8n stores for the credential.
 *
 * @throws {UploadError} when a field that the app type or region needs is empty
 */
export function readCredentials(data: ICredentialDataDecryptedObject): DingTalkCredentials {
	const text = (name: string) => String(data[name] ?? '').trim();
	const region = readChoice(data.region, 'Region', REGIONS) ?? 'international';
	const appType = readChoice(data.appType, 'App Type', APP_TYPES) ?? 'internal';
	const required = ['appKey', 'appSecret'];
	if (region === 'custom') required.push('apiBaseUrl');
	if (appType === 'thirdParty') required.push('corpId', 'suiteTicket');
	for (const name of required) {
		if (!text(name)) throw badInput(`The DingTalk credential lacks its ${LABELS[name]}`);
	}
	return {
		region,
		appType,
		...baseUrls(region, text('apiBaseUrl'), text('legacyApiBaseUrl')),
		appKey: text('appKey'),
		appSecret: text('appSecret'),
		corpId: text('corpId'),
		suiteTicket: text('suiteTicket'),
		operatorUnionId: text('operatorUnionId'),
	};
}

const LABELS: Record<string, string> = {
	appKey: 'App Key (Client ID)',
	appSecret: 'App Secret (Client Secret)',
	apiBaseUrl: 'API Base URL',
	corpId: 'Corp ID',
	suiteTicket: 'Suite Ticket',
};

function baseUrls(region: DingTalkCredentials['region'], api: string, legacy: string) {
	if (region !== 'custom') {
		const hosts = HOSTS[region];
		return { apiBaseUrl: hosts.api, legacyApiBaseUrl: hosts.legacy };
	}
	return { apiBaseUrl: baseUrl(api), legacyApiBaseUrl: baseUrl(legacy || api) };
}

function baseUrl(text: string): string {
	const url = parseBaseUrl(text);
	if (url) return url;
	throw badInput(
		'The base URL in the DingTalk credential is not a web address',
		'Enter it with http:// or https:// and without a question mark, e.g. https://api.dingtalk.com',
	);
}
