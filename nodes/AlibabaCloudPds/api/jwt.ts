import { createSign, randomBytes } from 'crypto';

import { badInput } from '../../shared/errors';
import type { JwtAppAuth } from './credentials';

/** Lifetime in seconds. The assertion is used immediately; the vendor's SDK allows the same. */
const LIFE = 300;

/** Allowed difference in seconds between the clocks of the n8n server and the service. */
const SKEW = 300;

/**
 * Creates the assertion of a JWT app: RS256 over the claims that the service requires.
 *
 * @param now milliseconds since 1970
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/jwt-application
 * @throws {UploadError} when the private key is not an RSA key in PEM
 */
export function signAssertion(auth: JwtAppAuth, domainId: string, now = Date.now()): string {
	const seconds = Math.floor(now / 1000);
	const claims = {
		iss: auth.appId,
		sub: auth.subject,
		sub_type: auth.subjectType,
		aud: domainId,
		jti: randomBytes(16).toString('hex'),
		iat: seconds - SKEW,
		exp: seconds + LIFE,
	};
	const signed = [{ alg: 'RS256', typ: 'JWT' }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
	return `${signed}.${rs256(signed, toPem(auth.privateKey))}`;
}

function rs256(text: string, pem: string): string {
	try {
		return createSign('RSA-SHA256').update(text).sign(pem, 'base64url');
	} catch {
		// The library's message could contain the key.
		throw badInput(
			'The private key in the Alibaba Cloud PDS credential cannot be used',
			'Paste the whole unencrypted RSA key of the app in PEM, from -----BEGIN to the last dash.',
		);
	}
}

/** Restores the line breaks of a PEM key, which single-line fields and JSON remove. */
export function toPem(given: string): string {
	const text = given.replace(/\\n/g, '\n').trim();
	const [, label, body] = /^-----BEGIN ([A-Z ]+)-----([^-]*)-----END \1-----$/.exec(text) ?? [];
	if (!label) return text;
	const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
