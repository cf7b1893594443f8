import { expect } from 'vitest';

import type { CallName, Fault, FaultRule } from '../../../../services/dingtalk';
import { testTables, type Row } from '../support/rows';
import type { DingTalkRig } from '../../../DingTalkKnowledgeBase/support/rig';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };
const DENIED = 'Forbidden.AccessDenied.';

function refused(status: number, code: string): Fault {
	return { kind: 'apiError', status, code };
}

/** Lets every token die at the moment this call arrives, for real. */
function revokeAt(call: CallName): Row['faults'] {
	return ({ service }: DingTalkRig): FaultRule[] => [
		{
			call,
			after: 0,
			when: () => {
				if (service.callsOf('token').length === 1) service.revokeTokens();
				return false;
			},
			fault: { kind: 'delay', ms: 0 },
		},
	];
}

const tokens: Row[] = [
	{
		what: 'a token that expired before the upload info call is replaced once',
		faults: revokeAt('uploadInfo'),
		counts: { ...GOOD, token: 2, uploadInfo: 2 },
	},
	{
		what: 'a token that expired before the commit is replaced once, and nothing is doubled',
		faults: revokeAt('commit'),
		counts: { ...GOOD, token: 2, commit: 2 },
	},
	{
		what: 'a token that expired during the PUT is replaced when new upload info is needed',
		faults: (rig) => [
			...(revokeAt('ossPut')?.(rig) ?? []),
			{ call: 'ossPut', fault: { kind: 'ossError', status: 403, code: 'AccessDenied' } },
		],
		counts: { token: 2, uploadInfo: 3, ossPut: 2, commit: 1 },
	},
	{
		what: 'a token refused with 401 is replaced too',
		faults: () => [{ call: 'commit', fault: refused(401, 'Unauthorized') }],
		counts: { ...GOOD, token: 2, commit: 2 },
	},
	{
		what: 'a token that is refused again after a new one was fetched is an error',
		faults: () => [
			{ call: 'uploadInfo', times: Infinity, fault: refused(400, 'InvalidAuthentication') },
		],
		counts: { token: 2, uploadInfo: 2 },
		fails: {
			message: 'DingTalk did not accept the access token',
			description: /app and region/,
			data: { code: 'InvalidAuthentication', httpStatus: 400, step: 'getUploadInfo' },
		},
	},
	{
		what: 'a new token that cannot be had before the commit does not make its outcome unknown',
		faults: (rig) => [
			...(revokeAt('commit')?.(rig) ?? []),
			{ call: 'token', after: 1, times: Infinity, fault: refused(500, 'systemError') },
		],
		counts: { token: 6, uploadInfo: 1, ossPut: 1, commit: 1 },
		fails: { message: 'DingTalk had an internal error', data: { step: 'token' } },
	},
];

const codes = ['QpsLimitForAppkeyAndApi', 'QpsLimitForApi', 'QpmLimitForAppkeyAndApi'];
const throttles = codes.flatMap((code): Row[] =>
	(['uploadInfo', 'commit'] as const).map((call) => ({
		what: `${call} refused with ${code} waits and is made again`,
		faults: () => [{ call, fault: refused(403, DENIED + code) }],
		counts: { ...GOOD, [call]: 2 },
		waits: true,
		also: ({ service }) => {
			const [first, second] = service.callsOf(call);
			expect(second.at - first.at).toBeGreaterThanOrEqual(490);
		},
	})),
);

const quota: Row[] = (['uploadInfo', 'commit'] as const).map((call) => ({
	what: `${call} refused for the monthly quota is never made again`,
	faults: () => [{ call, times: Infinity, fault: refused(403, `${DENIED}ApiCountLimitForOrg`) }],
	counts: call === 'commit' ? GOOD : { token: 1, uploadInfo: 1 },
	fails: {
		message: 'The organisation has used up its API calls for this month',
		description: /5,000 calls a month/,
		data: { code: `${DENIED}ApiCountLimitForOrg`, httpStatus: 403 },
	},
}));

const page = '<!doctype html><title>Please sign in</title>';
const busy: Row[] = [
	{
		what: 'commits refused because the folder is being changed are made again',
		faults: () => [{ call: 'commit', times: 2, fault: refused(400, 'operationConcurrentControl') }],
		counts: { ...GOOD, commit: 3 },
	},
	{
		what: 'a folder that is being changed all the time fails with advice, its state known',
		faults: () => [
			{ call: 'commit', times: Infinity, fault: refused(400, 'operationConcurrentControl') },
		],
		counts: { ...GOOD, commit: 5 },
		fails: {
			message: 'Another operation is changing the same folder',
			description: /Max Concurrency/,
			data: { code: 'operationConcurrentControl', attempts: 5 },
		},
	},
	...(
		[
			[500, 'systemError'],
			[500, 'unknownError'],
			[503, 'operationTimeout'],
		] as const
	).map(([status, code]): Row => ({
		what: `an upload info call that fails with ${code} is made again`,
		faults: () => [{ call: 'uploadInfo', times: 2, fault: refused(status, code) }],
		counts: { ...GOOD, uploadInfo: 3 },
	})),
	{
		what: 'an upload info call that always fails with systemError ends with its request id',
		faults: () => [{ call: 'uploadInfo', times: Infinity, fault: refused(500, 'systemError') }],
		counts: { token: 1, uploadInfo: 5 },
		fails: {
			message: 'DingTalk had an internal error',
			description: /code systemError, request id [0-9A-F-]{36}/,
			data: { httpStatus: 500, attempts: 5, step: 'getUploadInfo' },
		},
	},
	{
		what: 'a page of HTML instead of upload info is asked for again',
		faults: () => [{ call: 'uploadInfo', fault: { kind: 'answer', status: 200, body: page } }],
		counts: { ...GOOD, uploadInfo: 2 },
	},
	{
		what: 'a page of HTML every time says that something else answers',
		faults: () => [
			{ call: 'uploadInfo', times: Infinity, fault: { kind: 'answer', status: 200, body: page } },
		],
		counts: { token: 1, uploadInfo: 5 },
		fails: {
			message: 'The answer is not from DingTalk: it is not JSON',
			description: /proxy or a login page.*base URL/,
			data: { code: 'NOT_JSON' },
		},
	},
	{
		what: 'success:false with status 200 and a passing error is asked for again',
		upload: { operation: 'uploadResource' },
		faults: () => [
			{
				call: 'docUploadInfo',
				fault: { kind: 'answer', status: 200, body: { success: false, code: 'systemError' } },
			},
		],
		counts: { token: 1, docUploadInfo: 2, docPut: 1 },
	},
	{
		what: 'success:false with status 200 is an error, though the answer carries an address',
		upload: { operation: 'uploadResource' },
		faults: () => [
			{
				call: 'docUploadInfo',
				fault: {
					kind: 'answer',
					status: 200,
					body: { success: false, code: 'docNotExist', result: { uploadUrl: 'http://127.0.0.1/' } },
				},
			},
		],
		counts: { token: 1, docUploadInfo: 1 },
		fails: { message: 'The document does not exist', data: { code: 'docNotExist' } },
	},
	{
		what: 'success:false without a code is an error',
		upload: { operation: 'uploadResource' },
		faults: () => [
			{
				call: 'docUploadInfo',
				fault: { kind: 'answer', status: 200, body: { success: false, message: 'no reason' } },
			},
		],
		counts: { token: 1, docUploadInfo: 1 },
		fails: { message: /DingTalk refused the call/, description: /no reason/ },
	},
	{
		what: 'upload info without an address is an error and nothing is sent',
		faults: () => [
			{ call: 'uploadInfo', fault: { kind: 'answer', status: 200, body: { uploadKey: 'x' } } },
		],
		counts: { token: 1, uploadInfo: 1 },
		fails: {
			message: 'The answer from DingTalk is incomplete',
			data: { code: 'INCOMPLETE_ANSWER' },
		},
	},
];

const rows: Row[] = [...tokens, ...throttles, ...quota, ...busy];

testTables({ 'when DingTalk refuses a call': rows });
