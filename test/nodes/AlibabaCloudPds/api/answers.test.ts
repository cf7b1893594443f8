import { describe, expect, it } from 'vitest';

import { textFor } from '../../../../nodes/AlibabaCloudPds/api/error-catalog';
import { WORDING } from '../../../../nodes/AlibabaCloudPds/api/service-error';
import { readAnswer } from '../../../../nodes/shared/service';
import { answerOf } from '../../support/fake-transport';
import { factsOf } from '../../support/thrown';

const question = { step: 'create', read: (answer: object) => answer };
const readText = (text: string) => readAnswer(WORDING, answerOf(200, text), question);
const facts = (...answer: Parameters<typeof answerOf>) =>
	factsOf(() => readAnswer(WORDING, answerOf(...answer), question));

describe('an answer', () => {
	it('keeps every digit of a CRC-64', () => {
		expect(readText('{"crc64_hash": 18446744073709551615, "size": 1}')).toEqual({
			crc64_hash: '18446744073709551615',
			size: 1,
		});
		expect(readText('{"crc64_hash":"12"}')).toEqual({ crc64_hash: '12' });
		const tricky = { name: '"crc64_hash": 12', description: 'crc64_hash": 3' };
		expect(readText(JSON.stringify(tricky))).toEqual(tricky);
	});

	it.each(['', 'null', '[]', '<html>', '"text"'])('is none when it is %j', (text) => {
		expect(factsOf(() => readText(text)).code).toBe('NOT_JSON');
	});

	it('that lacks what was asked for is an error with the request id', () => {
		const incomplete = answerOf(200, {}, { 'x-ca-request-id': 'r' });
		const asked = { step: 'create', read: () => undefined };
		expect(factsOf(() => readAnswer(WORDING, incomplete, asked))).toMatchObject({
			code: 'INCOMPLETE_ANSWER',
			requestId: 'r',
			outcome: 'unknown',
		});
	});
});

describe('an error', () => {
	it('is told in words, with code, request id and what the service says', () => {
		const body = { code: 'NotFound.Drive', message: 'The resource drive cannot be found.' };
		expect(facts(404, body, { 'x-ca-request-id': 'r' })).toMatchObject({
			title: 'The drive does not exist',
			description: expect.stringContaining('PDS says: The resource drive cannot') as string,
			code: 'NotFound.Drive',
			requestId: 'r',
			httpStatus: 404,
			retry: 'never',
		});
	});

	it('may be told by the gateway in headers alone', () => {
		const headers = { 'x-ca-error-code': 'D504TO', 'x-ca-error-message': 'timeout' };
		expect(facts(504, '', headers)).toMatchObject({
			title: 'Alibaba Cloud PDS took too long',
			code: 'D504TO',
			retry: 'transient',
			outcome: 'unknown',
		});
	});

	it('may be spelt with capitals', () => {
		expect(facts(400, { Code: 'InvalidParameter.Name', Message: 'm' })).toMatchObject({
			title: 'Alibaba Cloud PDS rejected a parameter',
			code: 'InvalidParameter.Name',
		});
	});

	it.each([
		[429, 'Anything', 'throttled'],
		[400, 'Throttling.User', 'throttled'],
		[503, 'ServiceUnavailable', 'transient'],
		[403, 'ForbiddenNoPermission', 'never'],
	])('of status %d and code %s is answered as: %s', (status, code, retry) => {
		expect(facts(status, { code }).retry).toBe(retry);
	});

	it('says how long to wait, where the service does', () => {
		expect(facts(429, { code: 'X' }, { 'retry-after': '3' }).retryAfter).toBe(3000);
	});

	it.each([
		[200, 'unknown'],
		[404, 'unknown'],
		[502, 'unknown'],
	])('that is no JSON (HTTP %d) is called so, with the outcome %s', (status, outcome) => {
		expect(facts(status, '<html>Login</html>')).toMatchObject({
			title: 'The answer is not from Alibaba Cloud PDS: it is not JSON',
			code: 'NOT_JSON',
			outcome,
		});
	});

	it('is explained by the nearest code that is known', () => {
		expect(textFor('QuotaExhausted.Drive')?.title).toBe('The drive has no space left');
		expect(textFor('QuotaExhausted.Other.More')?.title).toBe('The storage has no space left');
		expect(textFor('Never.Heard')).toBeUndefined();
		expect(textFor('constructor')).toBeUndefined();
	});

	it('shows no token, whatever the service quotes', () => {
		const { description } = facts(401, { code: 'X', message: 'Bearer abc.def-ghi_jkl is wrong' });
		expect(description).not.toContain('abc.def');
	});
});
