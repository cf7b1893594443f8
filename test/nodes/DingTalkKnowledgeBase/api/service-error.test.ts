import { describe, expect, it } from 'vitest';

import { isTokenRefused, WORDING } from '../../../../nodes/DingTalkKnowledgeBase/api/service-error';
import { UploadError } from '../../../../nodes/shared/errors';
import { readAnswer } from '../../../../nodes/shared/service';
import { answerOf } from '../../support/fake-transport';
import { factsOf } from '../../support/thrown';

const errorOf = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	factsOf(() =>
		readAnswer(WORDING, answerOf(status, body, headers), {
			...{ step: 'commit', read: () => undefined },
		}),
	);

const body = (code: string, more = {}) => ({
	code,
	requestid: 'ID-1',
	message: '系统错误',
	...more,
});

describe('an error answer', () => {
	it('becomes a sentence, with what the service said, code, request id, status and step', () => {
		const facts = errorOf(403, body('permissionDenied'));
		expect(facts).toMatchObject({
			title: 'The operator may not upload here',
			code: 'permissionDenied',
			requestId: 'ID-1',
			httpStatus: 403,
			step: 'commit',
			retry: 'never',
		});
		expect(facts.description).toContain('edit rights');
		expect(facts.description).toContain('DingTalk says: 系统错误');
	});

	it('names the permission to apply for', () => {
		const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
		const requiredScopes = ['Storage.File.Write', 'Wiki.Node.Read'];
		const facts = errorOf(403, body(code, { accessdenieddetail: { requiredScopes } }));
		expect(facts.description).toContain(
			'Permission to apply for: Storage.File.Write, Wiki.Node.Read.',
		);
	});

	it('that is unknown is shown as it came', () => {
		const facts = errorOf(409, body('brandNew'));
		expect(facts).toMatchObject({
			title: 'DingTalk refused the call (HTTP 409)',
			code: 'brandNew',
		});
		expect(facts.description).toMatch(
			/send the request ID to its support\. DingTalk says: 系统错误$/,
		);
	});

	it('is read in every spelling', () => {
		const upper = { Code: 'docNotExist', Message: 'm', RequestId: 'R' };
		expect(errorOf(404, upper)).toMatchObject({ code: 'docNotExist', requestId: 'R' });
		const headers = { 'x-acs-request-id': 'H' };
		expect(errorOf(500, { code: 'systemError' }, headers)).toMatchObject({ requestId: 'H' });
		expect(errorOf(404, {})).toMatchObject({ code: 'HTTP404' });
	});

	it.each([
		[{ success: false, code: 'docNotExist', message: 'm' }, 'docNotExist'],
		[{ errcode: 60121, errmsg: '找不到该用户', request_id: 'r' }, '60121'],
		[
			{ errcode: 88, sub_code: '60011', sub_msg: '没有权限' },
			'Forbidden.AccessDenied.AccessTokenPermissionDenied',
		],
		[{ errcode: 40014, errmsg: '不合法的access_token' }, 'InvalidAuthentication'],
		[{ errcode: '90018', errmsg: 'too fast' }, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'],
		[{ errcode: -1, errmsg: '系统繁忙' }, 'systemError'],
	])('is one with status 200 too: %j', (given, code) => {
		expect(errorOf(200, given).code).toBe(code);
	});

	it.each([
		[500, 'systemError', 'transient', 'unknown'],
		[500, 'unknownError', 'transient', 'unknown'],
		[503, 'operationTimeout', 'transient', 'unknown'],
		[502, 'somethingElse', 'transient', 'unknown'],
		[400, 'operationConcurrentControl', 'transient', 'refused'],
		[403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'throttled', 'refused'],
		[403, 'Forbidden.AccessDenied.QpsLimitForApi', 'throttled', 'refused'],
		[403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'throttled', 'refused'],
		[429, 'somethingElse', 'throttled', 'refused'],
		[403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'never', 'refused'],
		[400, 'dentryNameConflict', 'never', 'refused'],
		[403, 'permissionDenied', 'never', 'refused'],
	])('%d %s is %s, and its outcome is %s', (status, code, retry, outcome) => {
		expect(errorOf(status, body(code))).toMatchObject({ retry, outcome });
	});

	it('tells how long to wait', () => {
		const facts = errorOf(429, body('x'), { 'retry-after': '7' });
		expect(facts.retryAfter).toBe(7000);
	});
});

describe('an answer that is no JSON object', () => {
	it.each(['<html>Login</html>', '', 'null', '[]', '"text"', '{"cut'])('is refused: %s', (text) => {
		const facts = errorOf(200, text);
		expect(facts).toMatchObject({ code: 'NOT_JSON', httpStatus: 200, outcome: 'unknown' });
		expect(facts.title).toMatch(/not JSON/);
		expect(facts.description).toContain('HTTP 200');
	});

	it.each([200, 403, 429])('is recognised as a block of five minutes with status %d', (status) => {
		const block = { status: 1111, wait: 5, source: 'x5', uuid: 'u' };
		for (const page of [`<html><script>${JSON.stringify(block)}</script></html>`, block]) {
			expect(errorOf(status, page)).toMatchObject({
				title: 'DingTalk has blocked this server for five minutes',
				code: 'IpBlocked',
				retry: 'never',
			});
		}
	});
});

describe('a good answer', () => {
	it('is read', () => {
		const given = answerOf(200, { errcode: 0, success: true, a: 1 });
		expect(readAnswer(WORDING, given, { step: 's', read: ({ a }) => a })).toBe(1);
	});

	it('that lacks what was asked for may have been carried out', () => {
		expect(errorOf(200, { a: 1 })).toMatchObject({
			title: 'The answer from DingTalk is incomplete',
			code: 'INCOMPLETE_ANSWER',
			outcome: 'unknown',
		});
	});
});

describe('a refused token', () => {
	it('is told from other refusals', () => {
		const refused = (facts: object) =>
			isTokenRefused(new UploadError({ title: 'x', outcome: 'refused', ...facts }));
		expect(refused({ code: 'InvalidAuthentication', httpStatus: 400 })).toBe(true);
		expect(refused({ code: 'x', httpStatus: 401 })).toBe(true);
		expect(refused({ code: 'paramError', httpStatus: 400 })).toBe(false);
	});
});
