import { describe, expect, it } from 'vitest';

import { fromOssAnswer, isStaleSignature } from '../../../../nodes/shared/oss/oss-error';
import { answerOf } from '../../support/fake-transport';

const xml = (code: string, more = '') =>
	`<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>Said so.</Message>` +
	`<RequestId>5C3D9175B6FC201293AD</RequestId>${more}<EC>0002</EC></Error>`;

const factsOf = (status: number, text: string, headers: Record<string, string> = {}) =>
	fromOssAnswer(answerOf(status, text, headers), 'uploadToOss', 'headers').facts;

describe('an error of the storage', () => {
	it.each<[number, string, RegExp, RegExp]>([
		[403, 'SignatureDoesNotMatch', /did not accept the signature/, /content type.*must be empty/],
		[403, 'AccessDenied', /has expired/, /new upload info/],
		[403, 'RequestTimeTooSkewed', /too old/, /new upload info/],
		[403, 'InvalidAccessKeyId', /does not know the key/, /exactly as Get Upload Info/],
		[400, 'InvalidArgument', /could not read the signed headers/, /exactly as Get Upload Info/],
		[400, 'EntityTooLarge', /larger than.*5 GB/, /Split/],
		[411, 'MissingContentLength', /length/, /proxy/],
		[404, 'NoSuchBucket', /does not exist/, /new upload info/],
		[404, 'NoSuchUpload', /no longer known/, /Start the upload again/],
	])('%d %s says what happened and what to do', (status, code, title, description) => {
		const facts = factsOf(status, xml(code));
		expect(facts.title).toMatch(title);
		expect(facts.title).not.toContain(code);
		expect(facts.description).toMatch(description);
		expect(facts).toMatchObject({
			code,
			requestId: '5C3D9175B6FC201293AD',
			httpStatus: status,
			step: 'uploadToOss',
			retry: 'never',
		});
	});

	it('explains a signature of an address in other words than one of headers', () => {
		const answer = answerOf(403, xml('SignatureDoesNotMatch'));
		const { description } = fromOssAnswer(answer, 'uploadResource', 'url').facts;
		expect(description).toMatch(/media type/);
		expect(description).not.toMatch(/must be empty/);
	});

	it('that is not known keeps what the storage said, without secrets', () => {
		const secrets =
			'<OSSAccessKeyId>LTAIabcdef</OSSAccessKeyId><SignatureProvided>c2ln</SignatureProvided>';
		const facts = factsOf(400, xml('SomethingNew', secrets));
		expect(facts).toMatchObject({
			code: 'SomethingNew',
			description:
				'If the message of the storage does not help, send the request ID to the support of the service. The storage says: Said so.',
		});
		expect(JSON.stringify(facts)).not.toMatch(/LTAIabcdef|c2ln/);
	});

	it.each([
		[500, xml('InternalError'), 'transient'],
		[502, '<html>Bad Gateway</html>', 'transient'],
		[503, xml('ServiceUnavailable'), 'transient'],
		[400, xml('RequestTimeout'), 'transient'],
		[408, '', 'transient'],
		[421, '', 'transient'],
		[425, '', 'transient'],
		[429, '', 'throttled'],
		[400, xml('InvalidDigest'), 'never'],
		[403, xml('AccessDenied'), 'never'],
	])('with status %d and body %s is %s', (status, text, retry) => {
		expect(factsOf(status, text).retry).toBe(retry);
	});

	it('without a body is named by its status and headers', () => {
		expect(factsOf(418, '')).toMatchObject({
			title: 'The storage refused the file (HTTP 418)',
			code: 'HTTP418',
		});
		const headers = { 'x-oss-ec': '0002-1', 'x-oss-request-id': 'ID', 'retry-after': '3' };
		expect(factsOf(503, '', headers)).toMatchObject({
			code: '0002-1',
			requestId: 'ID',
			retryAfter: 3000,
		});
	});

	it('says what a redirect or a limit of the front means', () => {
		expect(factsOf(302, '').description).toMatch(/redirect/);
		const ofStorage = { 'x-oss-request-id': 'ID' };
		expect(factsOf(413, '', ofStorage).description).toMatch(/larger than this organisation may/);
		expect(factsOf(413, '<html>').description).toMatch(/proxy or gateway.*of this size/);
	});

	it('is cured by a new signature only when the old one is stale', () => {
		const isStale = (status: number, code: string) =>
			isStaleSignature(fromOssAnswer(answerOf(status, xml(code)), 's', 'headers'));
		expect(isStale(403, 'AccessDenied')).toBe(true);
		expect(isStale(403, 'RequestTimeTooSkewed')).toBe(true);
		expect(isStale(403, 'ExpiredToken')).toBe(true);
		expect(isStale(403, 'SecurityTokenExpired')).toBe(true);
		expect(isStale(401, '')).toBe(true);
		expect(isStale(403, 'SignatureDoesNotMatch')).toBe(false);
		expect(isStale(404, 'AccessDenied')).toBe(false);
	});
});
