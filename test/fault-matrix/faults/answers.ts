import { gzipSync } from 'node:zlib';

import type { Fault } from '../../services/dingtalk';
import { meets, type MatrixFault } from './fault';

const PAGE = '<!doctype html><title>Please sign in</title>';

/** The request is carried out, and this is answered: for a client the worst case. */
function instead(
	status: number,
	body?: unknown,
	headers?: Record<string, string>,
): MatrixFault['arrange'] {
	return meets({ kind: 'answerAfter', status, body, headers });
}

const BOMB_BYTES = 64 * 2 ** 20;
let bomb: Buffer | undefined;

/** A few kilobytes that unpack to 64 MiB. */
function gzipBomb(): Fault {
	bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, '{"a":1}'));
	const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
	return { kind: 'answerAfter', status: 200, body: bomb, headers };
}

const TWICE: Array<[string, string]> = [
	['Content-Type', 'text/html'],
	['ETag', '"00000000000000000000000000000000"'],
	['x-acs-request-id', 'R-OTHER'],
	['x-oss-request-id', 'R-OTHER'],
	['Retry-After', '1'],
];

/** Answers that no documentation has, at any step. */
export const ANSWER_FAULTS: MatrixFault[] = [
	{
		what: 'status 200 and nothing',
		family: ['a bare status', '200'],
		arrange: instead(200),
		answered: true,
	},
	{
		what: 'status 204',
		family: ['a bare status', '204'],
		arrange: instead(204),
		answered: true,
	},
	{ what: 'a page with status 200, after the work', arrange: instead(200, PAGE), answered: true },
	{
		what: 'a page with status 200 in place of the work',
		arrange: meets({ kind: 'answer', status: 200, body: PAGE, elsewhere: true }),
	},
	{ what: 'a page with status 502, after the work', arrange: instead(502, PAGE), answered: true },
	{
		what: 'a page with status 403',
		arrange: meets({ kind: 'answer', status: 403, body: PAGE }),
		answered: true,
	},
	{ what: 'cut JSON', arrange: instead(200, '{"uploadKey":"abc","headerSig'), answered: true },
	...[null, 42, 'text', []].map((body) => ({
		what: `JSON \`${JSON.stringify(body)}\``,
		family: ['JSON', `\`${JSON.stringify(body)}\``] as [string, string],
		arrange: instead(200, JSON.stringify(body)),
		answered: true as const,
	})),
	{ what: 'JSON `{}`', family: ['JSON', '`{}`'], arrange: instead(200, {}), answered: true },
	{ what: '8 MB of JSON', arrange: meets(hugeBody) },
	{ what: 'a gzip bomb', arrange: meets(gzipBomb) },
	...[301, 302, 303, 307, 308].map((status) => ({
		what: `redirect ${status} to another host`,
		family: ['a redirect to another host', `${status}`] as [string, string],
		arrange: meets(({ otherHost }) => ({
			kind: 'redirect',
			status,
			location: `${otherHost}/stolen?here=1`,
		})),
		answered: true as const,
	})),
	{
		what: 'headers twice, another one first',
		arrange: meets({ kind: 'moreHeaders', lines: TWICE }),
		answered: true,
	},
	...[400, 401, 403, 404, 408, 409, 413, 418, 429, 500, 502, 503, 504].map((status) => ({
		what: `status ${status} and nothing`,
		family: ['a bare status', `${status}`] as [string, string],
		arrange: meets({ kind: 'answer', status }),
		answered: true as const,
	})),
];

function hugeBody(): Fault {
	return { kind: 'answerAfter', status: 200, body: { filler: 'x'.repeat(8_000_000) } };
}

const REFUSED = { success: false, message: 'no reason' };

/** Answers that only a service of JSON can give. */
export const API_ANSWER_FAULTS: MatrixFault[] = [
	{
		what: '`success: false` and no code',
		arrange: meets({ kind: 'answer', status: 200, body: REFUSED }),
		answered: true,
	},
	{
		what: '`success: false` with systemError',
		arrange: instead(200, { ...REFUSED, code: 'systemError' }),
		answered: true,
	},
	{
		what: 'the page for too many calls from one address',
		arrange: meets({ kind: 'answer', status: 200, body: '{"status":1111,"wait":5,"source":"x5"}' }),
		answered: true,
	},
	...[500, 502, 503].map((status) => ({
		what: `systemError with status ${status}, after the work`,
		family: ['systemError after the work, with status', `${status}`] as [string, string],
		arrange: instead(status, { code: 'systemError', message: 'busy' }),
		answered: true as const,
	})),
	...[400, 403, 500].map((status) => ({
		what: `an unknown code with status ${status}`,
		family: ['an unknown code with status', `${status}`] as [string, string],
		arrange: meets({ kind: 'apiError', status, code: 'somethingNew', message: 'New!' }),
		answered: true as const,
	})),
	{
		what: "the storage's XML",
		arrange: meets({ kind: 'ossError', status: 403, code: 'AccessDenied' }),
		answered: true,
	},
];

/** What only a storage can do. */
export const STORAGE_ANSWER_FAULTS: MatrixFault[] = [
	...(['first', 'middle', 'last'] as const).map((at) => ({
		what: `another ${at} byte is stored`,
		family: ['another byte is stored', at] as [string, string],
		arrange: meets({ kind: 'corrupt', at }),
	})),
	{
		what: 'an unknown code with status 400',
		family: ['an unknown code with status', '400'],
		arrange: meets({ kind: 'ossError', status: 400, code: 'SomethingNew', message: 'New!' }),
		answered: true,
	},
	{
		what: "DingTalk's JSON",
		arrange: meets({ kind: 'apiError', status: 403, code: 'permissionDenied' }),
		answered: true,
	},
];
