import { describe, expect, it } from 'vitest';

import type { RecordedCall } from '../../services/core/types';
import { SEED } from '../../services/dingtalk';
import { SecretWatch } from './secrets';

const SIGNATURE = 'c2lnbmF0dXJl+/8=';
const calls: Array<Pick<RecordedCall, 'headers' | 'query'>> = [
	{ headers: { 'x-acs-dingtalk-access-token': 'token-of-a-header' }, query: {} },
	{ headers: {}, query: { access_token: 'token-of-a-query' } },
	{ headers: { authorization: `OSS LOCALKEY:${SIGNATURE}` }, query: {} },
	{ headers: {}, query: { Signature: 'cHJlc2lnbmVk' } },
];

const watch = new SecretWatch();
watch.learn(calls);

describe('the watch for secrets', () => {
	it.each([
		['an app secret', { a: [{ b: SEED.app.appSecret }] }],
		['a token in a cause', new Error('x', { cause: new Error('token-of-a-header') })],
		['a token of an old call', ['https://h/topapi?access_token=token-of-a-query']],
		['a signature', `Authorization: OSS LOCALKEY:${SIGNATURE}`],
		['an encoded signature', encodeURIComponent(SIGNATURE)],
		['the signature of an address', { url: 'https://h/k?Signature=cHJlc2lnbmVk' }],
		['a secret in a property that JSON leaves out', withHidden(SEED.oss.accessKeySecret)],
	])('finds %s', (_, value) => {
		expect(() => watch.expectNoneIn({ said: [value], items: [] })).toThrow(/secrets in errors/);
		expect(() => watch.expectNoneIn({ said: [], items: [value] })).toThrow(/secrets in items/);
	});

	it('finds nothing where there is nothing', () => {
		watch.expectNoneIn({ said: [new Error('x'), undefined], items: [{ json: { a: 1 } }] });
	});

	it('lets Get Upload Info give out its signature, but no token', () => {
		const signaturesInItems = true;
		watch.expectNoneIn({ said: [], items: [SIGNATURE], signaturesInItems });
		const leak = { said: [], items: ['token-of-a-header'], signaturesInItems };
		expect(() => watch.expectNoneIn(leak)).toThrow(/secrets in items/);
	});
});

function withHidden(value: string): object {
	return Object.defineProperty({}, 'hidden', { value, enumerable: false });
}
