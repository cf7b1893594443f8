import { describe, expect, it } from 'vitest';

import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { webLink } from '../../../../nodes/DingTalkKnowledgeBase/web-link';
import { headerSignedTarget } from '../../../../nodes/DingTalkKnowledgeBase/signed-target';
import { factsOf } from '../../support/thrown';

const app = { appKey: 'k', appSecret: 's' };
const custom = (apiBaseUrl: string, more = {}) => ({
	...app,
	region: 'custom',
	apiBaseUrl,
	...more,
});

describe('the credential', () => {
	it('leads to the international region unless it says otherwise', () => {
		expect(readCredentials(app)).toMatchObject({
			region: 'international',
			appType: 'internal',
			apiBaseUrl: 'https://api.dingtalk.io',
			legacyApiBaseUrl: 'https://oapi.dingtalk.io',
		});
		expect(readCredentials({ ...app, region: 'china' })).toMatchObject({
			apiBaseUrl: 'https://api.dingtalk.com',
			legacyApiBaseUrl: 'https://oapi.dingtalk.com',
		});
	});

	it('may lead anywhere, old calls too', () => {
		expect(readCredentials(custom('http://127.0.0.1:9101//'))).toMatchObject({
			apiBaseUrl: 'http://127.0.0.1:9101',
			legacyApiBaseUrl: 'http://127.0.0.1:9101',
		});
		const legacyApiBaseUrl = 'https://gateway.example/old/';
		expect(
			readCredentials(custom('https://gateway.example/new', { legacyApiBaseUrl })),
		).toMatchObject({
			apiBaseUrl: 'https://gateway.example/new',
			legacyApiBaseUrl: 'https://gateway.example/old',
		});
	});

	it('ignores base URLs that another region left behind', () => {
		const left = { ...custom('http://evil.example'), region: 'china' };
		expect(readCredentials(left).apiBaseUrl).toBe('https://api.dingtalk.com');
	});

	it('loses spaces that were pasted with a value', () => {
		expect(readCredentials({ appKey: ' k\n', appSecret: '\ts ' })).toMatchObject(app);
	});

	it.each([
		'api.dingtalk.com',
		'ftp://x',
		'https://a b',
		'https://u@host',
		'https://host?x',
		'https://h#f',
	])('does not take %s for a base URL', (url) => {
		expect(factsOf(() => readCredentials(custom(url))).title).toMatch(/not a web address/);
	});

	it('names what is missing, and not the rest', () => {
		expect(factsOf(() => readCredentials({ appKey: 'k' })).title).toContain('App Secret');
		const facts = factsOf(() =>
			readCredentials({ ...app, appSecret: 'hidden', appType: 'thirdParty' }),
		);
		expect(facts.title).toContain('Corp ID');
		expect(JSON.stringify(facts)).not.toContain('hidden');
	});
});

describe('the link to a file', () => {
	it('is that of the region', () => {
		const link = (region: string) =>
			webLink(readCredentials({ ...custom('http://x'), region }), 'a/b');
		expect(link('international')).toBe('https://alidocs.dingtalk.io/i/nodes/a%2Fb');
		expect(link('china')).toBe('https://alidocs.dingtalk.com/i/nodes/a%2Fb');
		expect(link('custom')).toBe('https://alidocs.dingtalk.com/i/nodes/a%2Fb');
	});
});

describe('the target of signed headers', () => {
	it('gets an empty content type when none was signed', () => {
		const signed = { Authorization: 'OSS a:b', 'x-oss-date': 'd' };
		expect(headerSignedTarget('https://u', signed, { expiresAt: 1 })).toEqual({
			url: 'https://u',
			headers: { Authorization: 'OSS a:b', 'x-oss-date': 'd', 'Content-Type': '' },
			signedWith: 'headers',
			expiresAt: 1,
		});
	});

	it('keeps a content type that was signed', () => {
		const { headers } = headerSignedTarget(
			'https://u',
			{ 'content-type': 'text/plain' },
			{ expiresAt: 1 },
		);
		expect(headers).toEqual({ 'Content-Type': 'text/plain' });
	});

	it('keeps headers of other kinds of storage as they are', () => {
		const { headers } = headerSignedTarget(
			'https://u',
			{ 'dentry-token': 't' },
			{ contentType: 'a/b', expiresAt: 1 },
		);
		expect(headers).toEqual({ 'dentry-token': 't', 'Content-Type': 'a/b' });
	});
});
