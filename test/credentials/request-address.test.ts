import type { IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { DingTalkApi } from '../../credentials/DingTalkApi.credentials';
import { addressOf } from '../../credentials/request-address';

describe('the address of a request', () => {
	it.each([
		[{ url: 'https://a.b/c' }, 'https://a.b/c'],
		[{ uri: 'https://a.b/c' }, 'https://a.b/c'],
		[{ baseURL: 'https://a.b/', url: '/c' }, 'https://a.b/c'],
		[{ baseURL: 'https://a.b', url: 'https://other/c' }, 'https://other/c'],
		[{ baseURL: 'https://a.b', url: '//other/c' }, undefined],
		[{ url: 'c' }, undefined],
		[{}, undefined],
	])('of %j is %s', (request, address) => {
		expect(addressOf(request as IHttpRequestOptions)?.href).toBe(address);
	});
});

describe('the token of the DingTalk credential', () => {
	const data = {
		region: 'custom',
		apiBaseUrl: 'http://127.0.0.1:9/api',
		appKey: 'k',
		appSecret: 's',
		accessToken: 'stored',
	};
	const authenticated = async (request: object) =>
		await new DingTalkApi().authenticate(data, request as IHttpRequestOptions);

	it('goes into the header, also of a request in the older form', async () => {
		for (const name of ['url', 'uri']) {
			const { headers } = await authenticated({ [name]: 'http://127.0.0.1:9/api/v1.0/x' });
			expect(headers).toEqual({ 'x-acs-dingtalk-access-token': 'stored' });
		}
	});

	it('goes into the query of the old calls', async () => {
		const { headers, qs } = await authenticated({
			uri: 'http://127.0.0.1:9/api/topapi/v2/user/get',
			qs: { language: 'en' },
		});
		expect(headers).toBeUndefined();
		expect(qs).toEqual({ language: 'en', access_token: 'stored' });
	});

	it.each([
		'http://127.0.0.1:9/apix/v1.0/x',
		'http://127.0.0.1:9.evil.example/api/v1.0/x',
		'https://storage.example/file',
	])('does not go to %s', async (url) => {
		expect(await authenticated({ url })).toEqual({ url });
	});
});
