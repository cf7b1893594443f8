import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { PdsError } from '../errors';
import { SEED } from '../seed';
import type { PdsCall } from '../types';
import type { World } from '../world';

/** How far a signed request's date may be from the service's. */
const MAX_SKEW_MS = 15 * 60 * 1000;

const GMT_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** What these headers must say. */
const FIXED_HEADERS = {
	'x-acs-signature-method': 'HMAC-SHA1',
	'x-acs-signature-version': '1.0',
	'x-acs-version': '2022-03-01',
};

/** The codes below are UNCONFIRMED: the official page says 403 for a stale date, no more. */
function refuse(code: string, message: string): PdsError {
	return new PdsError(403, code, message);
}

/** The text that is signed. */
export function stringToSign(call: Pick<PdsCall, 'method' | 'path' | 'query' | 'headers'>): string {
	const { method, path, query, headers } = call;
	const own = Object.keys(headers)
		.filter((name) => name.startsWith('x-acs-'))
		.sort()
		.map((name) => `${name}:${headers[name].trim()}\n`);
	const parameters = Object.keys(query)
		.sort()
		.map((name) => (query[name] === '' ? name : `${name}=${query[name]}`));
	return [
		method,
		headers.accept ?? '',
		headers['content-md5'] ?? '',
		headers['content-type'] ?? '',
		headers.date ?? '',
		own.join('') + [path, parameters.join('&')].filter(Boolean).join('?'),
	].join('\n');
}

function secretOf(keyId: string, securityToken: string | undefined): string {
	const { id, secret, sts } = SEED.accessKey;
	if (keyId === id) return secret;
	if (keyId !== sts.id) throw refuse('InvalidAccessKeyId', 'The AccessKey id is not known.');
	if (securityToken === sts.securityToken) return sts.secret;
	throw refuse('InvalidSecurityToken', 'The security token does not belong to the AccessKey.');
}

function checkHeaders(headers: Record<string, string>, nowMs: number, body: Buffer): void {
	const { date = '', accept = 'application/json' } = headers;
	if (!GMT_DATE.test(date)) throw refuse('InvalidDate', 'The Date header must be a GMT date.');
	if (Math.abs(nowMs - Date.parse(date)) > MAX_SKEW_MS) {
		throw refuse('InvalidTimeStamp.Expired', 'The Date header is not within 15 minutes of now.');
	}
	if (accept !== 'application/json') throw refuse('InvalidAccept', 'Accept: application/json.');
	for (const [name, value] of Object.entries(FIXED_HEADERS)) {
		if (headers[name] !== value) throw refuse('InvalidHeader', `${name} must be ${value}.`);
	}
	if (!headers['x-acs-signature-nonce']) {
		throw refuse('InvalidHeader', 'x-acs-signature-nonce is missing.');
	}
	// The documents want it of every body; that the live service does is UNCONFIRMED.
	const md5 = createHash('md5').update(body).digest('base64');
	if (body.length > 0 && headers['content-md5'] !== md5) {
		throw refuse('InvalidContentMD5', 'Content-MD5 is missing or not that of the body.');
	}
}

/** Refuses a request that is not signed with an AccessKey as it must be. */
export function checkAccessKey(world: World, call: PdsCall, body: Buffer): void {
	const { headers } = call;
	const [, keyId, signature] = /^acs ([^:\s]+):(\S+)$/.exec(headers.authorization) ?? [];
	if (!keyId) throw refuse('InvalidAuthorization', 'Authorization: acs {id}:{signature}.');
	checkHeaders(headers, world.settings.now(), body);
	const secret = secretOf(keyId, headers['x-acs-security-token']);
	const text = stringToSign(call);
	const wanted = createHmac('sha1', secret).update(text).digest();
	const given = Buffer.from(signature, 'base64');
	if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) {
		throw refuse('SignatureDoesNotMatch', `The signature is not that of:\n${text}`);
	}
	const nonce = headers['x-acs-signature-nonce'];
	if (world.nonces.has(nonce)) throw refuse('SignatureNonceUsed', 'The nonce was used before.');
	world.nonces.add(nonce);
}
