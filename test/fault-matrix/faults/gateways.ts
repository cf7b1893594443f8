import type { Fault } from '../../services/dingtalk';
import { meets, type MatrixFault } from './fault';

const NO_WORDS = '{"code":403,"message":"blocked by policy"}';

/** What a proxy, a gateway or a firewall says in the name of the service; none has its headers. */
const ELSEWHERE: Array<[what: string, status: number, body: string]> = [
	['plain words with status 200', 200, 'Access blocked'],
	['a script with status 200', 200, '<script>location="http://portal.example"</script>'],
	['an error in JSON with status 200', 200, NO_WORDS],
	['an error in XML with status 200', 200, '<?xml version="1.0"?><Error><Code>X</Code></Error>'],
	['words with status 413', 413, 'Request Entity Too Large'],
	['words with status 407', 407, 'Proxy Authentication Required'],
];

const HALF_HOUR = 30 * 60_000;

/** Refusals that name the time when to come again. */
function comeAgain(offset: number): Fault {
	const now = Date.now() + offset;
	const headers = {
		date: new Date(now).toUTCString(),
		'retry-after': new Date(now + 2_000).toUTCString(),
	};
	return { kind: 'answer', status: 503, headers };
}

/** Given before a request is looked at. */
const NOT_LOOKED_AT = [421, 425];

/** What stands in between a client and a service, at any step. */
export const GATEWAY_FAULTS: MatrixFault[] = [
	{ what: '"100 Continue" unasked', arrange: meets({ kind: 'interim', heads: 1 }) },
	{ what: '"100 Continue" twice', arrange: meets({ kind: 'interim', heads: 2 }) },
	...['gzip', 'deflate', 'br', 'zstd'].map((encoding) => ({
		what: `an answer encoded with ${encoding}`,
		family: ['an answer encoded with', encoding] as [string, string],
		arrange: meets({ kind: 'encodedAnswer', encoding }),
	})),
	...ELSEWHERE.map(([what, status, body]) => ({
		what: `${what}, from something in between`,
		family: ['from something in between', what] as [string, string],
		arrange: meets({ kind: 'answer', status, body, elsewhere: true }),
	})),
	{
		what: 'a redirect (303) with JSON, after the work',
		arrange: meets(({ otherHost }) => ({
			kind: 'answerAfter',
			status: 303,
			body: { moved: true },
			headers: { location: `${otherHost}/stolen?here=1` },
		})),
		answered: true,
	},
	...NOT_LOOKED_AT.map((status) => ({
		what: `status ${status}`,
		family: ['refused unseen, with status', `${status}`] as [string, string],
		arrange: meets({ kind: 'answer', status }),
		answered: true as const,
	})),
	{
		what: '408 that closes the connection, after the work',
		arrange: meets({
			kind: 'answerAfter',
			status: 408,
			body: '',
			headers: { connection: 'close' },
		}),
		answered: true,
	},
	...[-HALF_HOUR, 0, HALF_HOUR].map((offset) => ({
		what: `503 with a time to come again, by a clock that is ${offset / 60_000} minutes off`,
		family: ['503 with a time to come again, by a clock off by', `${offset / 60_000} minutes`] as [
			string,
			string,
		],
		arrange: meets(() => comeAgain(offset)),
		answered: true as const,
	})),
];

/** An error that comes with the status of a success, in the spellings of different gateways. */
export const API_GATEWAY_FAULTS: MatrixFault[] = [
	{ code: 'permissionDenied', message: 'No permission' },
	{ Code: 'permissionDenied', Message: 'No permission', success: 'false' },
	{ errcode: '60011', errmsg: 'No permission' },
	{ code: 'Throttling.User', message: 'Too fast' },
	{ code: 'systemError', message: 'busy' },
	{ success: 'false', message: 'no reason' },
].map((body) => ({
	what: `status 200 with \`${JSON.stringify(body)}\``,
	family: ['status 200 with', `\`${JSON.stringify(body)}\``] as [string, string],
	arrange: meets({ kind: 'answer', status: 200, body }),
	answered: true as const,
}));

type Headers = Record<string, string>;

/** Checksums as they come out of gateways; all tell of the same bytes. Without a CRC the ETag decides. */
const CHECKSUMS: Array<[what: string, change: (headers: Headers) => Headers]> = [
	['marked as weak', ({ ETag }) => ({ ETag: `W/${ETag}` })],
	['in small letters', ({ ETag }) => ({ ETag: ETag.toLowerCase() })],
	['without quotes', ({ ETag }) => ({ ETag: ETag.replaceAll('"', '') })],
	['twice in one header', ({ ETag }) => ({ ETag: `${ETag}, ${ETag}` })],
	[
		'of parts beside the CRC twice',
		({ [CRC]: crc }) => ({ ETag: '"0F0F-1"', [CRC]: `${crc}, ${crc}` }),
	],
	['of other bytes beside the right CRC', ({ [CRC]: crc }) => ({ ETag: `"${WRONG}"`, [CRC]: crc })],
	['left out', () => ({})],
];

const CRC = 'x-oss-hash-crc64ecma';
const WRONG = '00000000000000000000000000000000';

/** Checksums of other bytes. */
const WRONG_CHECKSUMS: Array<[what: string, change: (headers: Headers) => Headers]> = [
	['weak', () => ({ ETag: `W/"${WRONG}"` })],
	['in a list with the right one', ({ ETag }) => ({ ETag: `${ETag}, "${WRONG}"` })],
	['of the CRC beside the right ETag', ({ ETag }) => ({ ETag, [CRC]: '1' })],
	['of the CRC beside an ETag of parts', () => ({ ETag: '"0F0F-1"', [CRC]: '1' })],
	['of the CRC alone', () => ({ [CRC]: '1' })],
];

/** What a page has, where something in between takes the file in place of the storage. */
const PAGES: Array<[what: string, headers: Headers]> = [
	["a web server's ETag", { etag: 'W/"5f-17"' }],
	['a SHA-1 as its ETag', { etag: `"${'5f'.repeat(20)}"` }],
	['the ETag of what was packed', { etag: `W/"${'5f'.repeat(16)}-gzip"` }],
	['a media type', { 'content-type': 'text/html' }],
	['a cookie', { 'set-cookie': 'session=1' }],
];

export const STORAGE_GATEWAY_FAULTS: MatrixFault[] = [
	...PAGES.map(([what, headers]) => ({
		what: `status 200 without a body and with ${what}, in place of the work`,
		family: ['status 200 without a body, in place of the work, with', what] as [string, string],
		arrange: meets({ kind: 'answer', status: 200, headers, elsewhere: true }),
	})),
	...CHECKSUMS.map(([what, change]) => ({
		what: `the checksum ${what}`,
		family: ['the checksum', what] as [string, string],
		arrange: meets({ kind: 'changedHeaders', change }),
	})),
	...WRONG_CHECKSUMS.map(([what, change]) => ({
		what: `a wrong checksum, ${what}`,
		family: ['a wrong checksum', what] as [string, string],
		arrange: meets({ kind: 'changedHeaders', change }),
		answered: true as const,
	})),
];
