import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assertStorageUrl } from '../../../../nodes/shared/oss/storage-url';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';
import { notWeb, publicHost, unsafeHost, webAddress, withUser } from './support/addresses';

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
		['https://intranet./x', /local network/],
		['https://localhost../x', /local network/],
		['https://localhost.localdomain/x', /local network/],
		['https://kubernetes.default.svc/api', /local network/],
		['https://user:pass@bucket.aliyuncs.com/x', /user name/],
		['file:///etc/passwd', /begins with file:/],
		['ftp://a.com/x', /begins with ftp:/],
		['not an address', /not a web address/],
		['', /not a web address/],
	])('that no storage has is refused: %s', (url, why) => {
		const step = 'getUploadInfo';
		const facts = factsOf(() => assertStorageUrl(url, { step, trusted: false }));
		expect(facts.step).toBe(step);
		expect(facts.title).toMatch(/not a storage address/);
		expect(facts.description).toMatch(why);
		expect(facts.code).toBe('UNSAFE_STORAGE_URL');
	});

	const refused = (trusted: boolean) => (url: string) => {
		const facts = factsOf(() => assertStorageUrl(url, { trusted }));
		expect(facts.code).toBe('UNSAFE_STORAGE_URL');
		expect(facts.description).toMatch(/^It was not used because it /);
		expect(JSON.stringify(facts)).not.toContain('verysecretvalue');
	};

	it('that leads to this machine or into its network is refused in every spelling', () => {
		fc.assert(fc.property(webAddress(unsafeHost), refused(false)), runs(2_000));
	});

	it('that is not encrypted is refused wherever it leads', () => {
		const host = fc.oneof(publicHost, unsafeHost);
		const plain = fc.oneof(
			...['http://', 'HTTP://', 'http:/', 'http:', 'http:\\\\', ' http://', 'ht\ntp://'].map(
				(scheme) => webAddress(host, { scheme }),
			),
		);
		fc.assert(fc.property(plain, refused(false)), runs(300));
	});

	it.each([true, false])('of another scheme is refused, trusted or not (%s)', (trusted) => {
		fc.assert(fc.property(notWeb, refused(trusted)), runs(300));
	});

	it.each([true, false])('with a user name is refused, trusted or not (%s)', (trusted) => {
		fc.assert(fc.property(withUser, refused(trusted)), runs(300));
	});

	it('of any public host is taken, also with another port', () => {
		fc.assert(
			fc.property(webAddress(publicHost), (url) => {
				expect(() => assertStorageUrl(url, { trusted: false })).not.toThrow();
			}),
			runs(300),
		);
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
			fc.property(webAddress(publicHost, { scheme: 'ftp://' }), (base) => {
				const url = `${base}?Signature=verysecretvalue`;
				const facts = factsOf(() => assertStorageUrl(url, { trusted: true }));
				expect(JSON.stringify(facts)).not.toContain('verysecretvalue');
			}),
			runs(100),
		);
	});
});
