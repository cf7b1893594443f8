import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assertStorageUrl } from '../../../../nodes/shared/oss/storage-url';
import { factsOf } from '../../support/thrown';

describe('an upload address', () => {
	it.each([
		'https://zjk-dualstack.trans.dingtalk.com/yundisk0/abc.file',
		'https://bucket.oss-cn-shanghai.aliyuncs.com/core/x?Expires=1&Signature=a%2Bb',
		'https://storage.example.com:8443/x',
	])('of a storage is taken: %s', (url) => {
		expect(() => assertStorageUrl(url, { trusted: false })).not.toThrow();
	});

	it.each([
		['http://zjk.trans.dingtalk.com/x', /not encrypted/],
		['https://127.0.0.1/x', /numeric address/],
		['https://169.254.169.254/latest/meta-data', /numeric address/],
		['https://[::1]/x', /numeric address/],
		['https://2130706433/x', /numeric address/],
		['https://0x7f.1/x', /numeric address/],
		['https://localhost/x', /local network/],
		['https://LOCALHOST./x', /local network/],
		['https://oss.localhost/x', /local network/],
		['https://metadata.google.internal/x', /local network/],
		['https://printer.local/x', /local network/],
		['https://intranet/x', /local network/],
		['https://user:pass@bucket.aliyuncs.com/x', /user name/],
		['file:///etc/passwd', /begins with file:/],
		['ftp://a.com/x', /begins with ftp:/],
		['not an address', /not a web address/],
		['', /not a web address/],
	])('that no storage has is refused: %s', (url, why) => {
		const facts = factsOf(() => assertStorageUrl(url, { trusted: false }));
		expect(facts.title).toMatch(/not one of a storage/);
		expect(facts.description).toMatch(why);
		expect(facts.code).toBe('UNSAFE_STORAGE_URL');
	});

	it('may be any web address when the user named the service', () => {
		for (const url of ['http://127.0.0.1:9102/x', 'https://localhost/x', 'http://oss/x']) {
			expect(() => assertStorageUrl(url, { trusted: true })).not.toThrow();
		}
		for (const url of ['file:///etc/passwd', 'http://u@127.0.0.1/', 'x']) {
			expect(factsOf(() => assertStorageUrl(url, { trusted: true })).code).toBeTruthy();
		}
	});

	it('is never shown with its signature', () => {
		fc.assert(
			fc.property(fc.webUrl({ validSchemes: ['ftp'] }), (base) => {
				const url = `${base}?Signature=verysecretvalue`;
				const facts = factsOf(() => assertStorageUrl(url, { trusted: true }));
				expect(JSON.stringify(facts)).not.toContain('verysecretvalue');
			}),
		);
	});
});
