import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { redact, UploadError } from '../../../../nodes/shared/errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const secret = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 12, maxLength: 64 });
const signature = fc
	.uint8Array({ minLength: 20, maxLength: 20 })
	.map((bytes) => Buffer.from(bytes).toString('base64'));

const FORMS: Record<string, (value: string) => string> = {
	'the token of an old call': (v) => `POST /topapi/v2/user/get?access_token=${v}&lang=zh failed`,
	'the token in a header': (v) => `x-acs-dingtalk-access-token: ${v}`,
	'the token in JSON': (v) => JSON.stringify({ accessToken: v, expireIn: 7200 }),
	'the token in the snake case of the unified call': (v) => JSON.stringify({ access_token: v }),
	'the secret in JSON': (v) => `bad body {"appKey":"k", "appSecret": "${v}"}`,
	'the secret in JSON inside JSON': (v) =>
		JSON.stringify({ body: JSON.stringify({ appSecret: v }) }),
	'the secret of a third-party app': (v) => JSON.stringify({ suiteKey: 'k', suiteSecret: v }),
	'the suite ticket': (v) => JSON.stringify({ suiteTicket: v }),
	'the secret in a form': (v) => `client_id=a&client_secret=${v}`,
	'a bearer token': (v) => `Authorization: Bearer ${v}`,
	'a signed URL': (v) => `PUT https://b.oss.com/k?Expires=1&OSSAccessKeyId=a&Signature=${v} failed`,
	'a signed URL of version 4': (v) => `https://b.oss.com/k?x-oss-date=1&x-oss-signature=${v}`,
	'a signed URL in XML': (v) =>
		`<Message>/k?Expires=1&amp;OSSAccessKeyId=${v}&amp;Signature=${v}</Message>`,
	'a signed URL in a form': (v) =>
		`url=%2Fk%3FExpires%3D1%26OSSAccessKeyId%3D${v}%26Signature%3D${v}`,
	'a signed URL in JSON': (v) => JSON.stringify({ OSSAccessKeyId: v, Signature: v }),
	'a signed URL in JSON inside JSON': (v) => JSON.stringify(JSON.stringify({ Signature: v })),
	'a signed URL in a list of pairs': (v) => JSON.stringify([['Signature', v]]),
	'a signed URL in a dictionary': (v) => `{'OSSAccessKeyId': '${v}', 'Signature': '${v}'}`,
	'a signature as a line of text': (v) => `Signature: ${v}`,
	'a signed URL in JSON that escapes signs': (v) => `?Expires=1\\u0026Signature\\u003d${v}`,
	'a signed URL in XML that escapes signs': (v) => `?Expires=1&#x26;Signature&#x3D;${v}`,
	'a signed URL that was encoded twice': (v) => `%253FExpires%253D1%2526OSSAccessKeyId%253D${v}`,
	'the login of a proxy in a URL': (v) => `?authorization=Basic%20${v}`,
	'the login of a proxy': (v) => `proxy-authorization: Basic ${v}`,
	'a session token in a URL': (v) => `https://b.oss.com/k?security-token=${v}`,
	'an OSS error': (v) => `<Error><SignatureProvided>${v}</SignatureProvided></Error>`,
	'the text that OSS signed': (v) => `<StringToSign>PUT\n\n\n${v}\n/b/k</StringToSign>`,
	'the key id in an OSS error': (v) => `<OSSAccessKeyId>${v}</OSSAccessKeyId>`,
};

describe('redact', () => {
	it.each(Object.entries(FORMS))('takes out %s', (_, form) => {
		fc.assert(
			fc.property(secret, (value) => {
				expect(redact(form(value))).not.toContain(value);
			}),
		);
	});

	it('takes out the signature of signed headers', () => {
		fc.assert(
			fc.property(secret, signature, (keyId, value) => {
				for (const text of [
					`Authorization: OSS ${keyId}:${value}`,
					`{"Authorization":"OSS ${keyId}:${value}","x-oss-date":"Mon"}`,
					`https://b.oss.com/k?Signature=${encodeURIComponent(value)}`,
				]) {
					expect(redact(text)).not.toContain(value);
					expect(redact(text)).not.toContain(encodeURIComponent(value));
				}
			}),
		);
	});

	it.each([
		'The parent folder does not exist',
		'A name must not contain a tab or any of * " < > | / \\ and must not end with a full stop.',
		'https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv?utm_source=im',
		'Permission to apply for: Storage.File.Write, Wiki.Node.Read.',
		'The file name "Token list.xlsx" is not allowed',
		'It is unknown whether "OSS report 2026.pdf" was committed',
		'The file name "Bearer bonds*.pdf" is not allowed: it contains "*"',
		'Upload to OSS failed',
	])('leaves ordinary text alone: %s', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('changes nothing when it is done again', () => {
		fc.assert(
			fc.property(fc.constantFrom(...Object.values(FORMS)), secret, (form, value) => {
				const once = redact(form(value));
				expect(redact(once)).toBe(once);
			}),
		);
	});

	it('is done to title and description of every error', () => {
		const text = 'failed at https://h/k?Signature=abcdefghijkl';
		const { facts, message } = new UploadError({
			...{ title: text, description: text, outcome: 'refused' },
		});
		expect([facts.title, facts.description, message].join()).not.toContain('abcdefghijkl');
	});
});
