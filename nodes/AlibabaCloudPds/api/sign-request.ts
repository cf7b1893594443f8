import { createHash, createHmac, randomUUID } from 'crypto';

import type { AccessKeyAuth } from './credentials';

export interface RequestToSign {
	method: string;
	/** With a leading slash, without a query. */
	path: string;
	query?: Record<string, string>;
	/** Exactly as it is sent. */
	body: string;
	accept: string;
	contentType: string;
}

export interface SigningMoment {
	date: Date;
	nonce: string;
}

/**
 * Returns the headers of a request signed with an AccessKey in ROA style (HMAC-SHA1). The service
 * refuses a date that is off by more than 15 minutes.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/ak-sk-signature
 */
export function signRequest(
	{ accessKeyId, accessKeySecret, securityToken }: AccessKeyAuth,
	request: RequestToSign,
	{ date, nonce }: SigningMoment = { date: new Date(), nonce: randomUUID() },
): Record<string, string> {
	const { body, accept, contentType } = request;
	const standard = {
		Accept: accept,
		'Content-MD5': body === '' ? '' : createHash('md5').update(body).digest('base64'),
		'Content-Type': contentType,
		Date: date.toUTCString(),
	};
	const acs: Record<string, string> = {
		'x-acs-signature-method': 'HMAC-SHA1',
		'x-acs-signature-nonce': nonce,
		'x-acs-signature-version': '1.0',
		'x-acs-version': '2022-03-01',
		...(securityToken && { 'x-acs-security-token': securityToken }),
	};
	const text = stringToSign(request, Object.values(standard), acs);
	const signature = createHmac('sha1', accessKeySecret).update(text).digest('base64');
	return { ...standard, ...acs, Authorization: `acs ${accessKeyId}:${signature}` };
}

function stringToSign(
	{ method, path, query = {} }: RequestToSign,
	standard: string[],
	acs: Record<string, string>,
): string {
	const headers = Object.keys(acs).sort();
	const parameters = Object.keys(query).sort();
	const search = parameters.map((name) => (query[name] ? `${name}=${query[name]}` : name));
	const resource = search.length > 0 ? `${path}?${search.join('&')}` : path;
	return [
		method.toUpperCase(),
		...standard,
		...headers.map((name) => `${name}:${acs[name]}`),
		resource,
	].join('\n');
}
