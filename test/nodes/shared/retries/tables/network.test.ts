import { expect } from 'vitest';

import type { Fault, FaultRule, ResetMoment } from '../../../../services/dingtalk';
import { refusingUrl } from '../../../../services/core/ports';
import { onRefusal } from '../../../support/undici-events';
import { testTables, type Row } from '../support/rows';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };
const MOMENTS: ResetMoment[] = ['beforeBody', 'duringBody', 'afterBody', 'afterWork'];

const resets = MOMENTS.map((when): Row => ({
	what: `a PUT that is reset (${when}) is sent again from its beginning`,
	upload: { size: 3_000_000 },
	faults: () => [{ call: 'ossPut', fault: { kind: 'reset', when } }],
	// A storage that refuses a signature and closes at once looks the same.
	counts: { ...GOOD, uploadInfo: 2, ossPut: 2 },
}));

const infoFaults: Array<[string, Fault]> = [
	['is reset before its body', { kind: 'reset', when: 'beforeBody' }],
	['is reset during its body', { kind: 'reset', when: 'duringBody' }],
	['is reset after its body', { kind: 'reset', when: 'afterBody' }],
	['is reset after the work', { kind: 'reset', when: 'afterWork' }],
	['is answered by half', { kind: 'truncatedAnswer' }],
];

const statuses = [500, 502, 503, 504];
const page = '<html><h1>Bad Gateway</h1></html>';

/** Upload info that leads to another storage than the service's. */
function leadsTo(url: string): FaultRule {
	const headerSignatureInfo = { resourceUrls: [url], headers: { 'x-oss-date': 'now' } };
	const body = { uploadKey: 'key', headerSignatureInfo };
	return { call: 'uploadInfo', fault: { kind: 'answer', status: 200, body } };
}

const NO_STORAGE = await refusingUrl();
const NO_SERVICE = await refusingUrl();

let refused = 0;
onRefusal(NO_SERVICE, () => refused++);

const unreachable: Row[] = [
	{
		what: 'a storage that refuses connections fails after five attempts',
		faults: () => [leadsTo(`${NO_STORAGE}/x`)],
		counts: { token: 1, uploadInfo: 1 },
		fails: {
			message: `No connection to ${new URL(NO_STORAGE).host}`,
			description: /firewall, proxy/,
			data: { code: 'ECONNREFUSED', step: 'uploadToOss', attempts: 5 },
		},
	},
	{
		what: 'a service that refuses connections fails after five attempts, not five times five',
		credential: { apiBaseUrl: NO_SERVICE },
		counts: {},
		fails: {
			message: `No connection to ${new URL(NO_SERVICE).host}`,
			description: /base URL in the credential/,
			data: { code: 'ECONNREFUSED', attempts: 5 },
		},
		also: () => expect(refused).toBe(5),
	},
	{
		what: 'a storage whose name is unknown fails after five attempts',
		faults: () => [leadsTo('http://storage.invalid/x')],
		counts: { token: 1, uploadInfo: 1 },
		fails: {
			message: 'The address of storage.invalid could not be found',
			description: /DNS/,
			data: { step: 'uploadToOss', attempts: 5 },
		},
	},
	{
		what: 'a service whose name is unknown fails after five attempts',
		credential: { apiBaseUrl: 'http://api.invalid' },
		counts: {},
		fails: { message: 'The address of api.invalid could not be found', data: { attempts: 5 } },
	},
];

/** Whether a request is signed as the first one was. */
function firstSigned(): FaultRule['when'] {
	let first: string | undefined;
	return ({ path }) => path === (first ??= path);
}

const rows: Row[] = [
	...unreachable,
	...resets,
	{
		// It refuses before the body is read, and closes: the answer is lost with the connection.
		what: 'a signature that a storage refuses by closing the connection is replaced',
		upload: { size: 3_000_000 },
		faults: () => [
			{
				call: 'ossPut',
				times: Infinity,
				when: firstSigned(),
				fault: { kind: 'reset', when: 'duringBody' },
			},
		],
		counts: { ...GOOD, uploadInfo: 2, ossPut: 2 },
	},
	{
		what: 'a PUT that is reset every time fails after five attempts',
		faults: () => [
			{ call: 'ossPut', times: Infinity, fault: { kind: 'reset', when: 'duringBody' } },
		],
		counts: { token: 1, uploadInfo: 5, ossPut: 5 },
		fails: {
			message: /^The connection to 127\.0\.0\.1:\d+ broke$/,
			data: { step: 'uploadToOss', attempts: 5, fileName: 'report-0.bin' },
		},
	},
	...infoFaults.map(([what, fault]): Row => ({
		what: `an upload info call that ${what} is made again`,
		faults: () => [{ call: 'uploadInfo', fault }],
		counts: { ...GOOD, uploadInfo: 2 },
	})),
	{
		what: 'a token call that is reset is made again',
		faults: () => [{ call: 'token', fault: { kind: 'reset', when: 'beforeBody' } }],
		counts: { ...GOOD, token: 2 },
	},
	...statuses.flatMap((status): Row[] => [
		{
			what: `a PUT answered with ${status} is sent again`,
			upload: { size: 3_000_000 },
			faults: () => [
				{ call: 'ossPut', fault: { kind: 'ossError', status, code: 'InternalError' } },
			],
			counts: { ...GOOD, ossPut: 2 },
		},
		{
			what: `an upload info call answered with ${status} is made again`,
			faults: () => [
				{ call: 'uploadInfo', fault: { kind: 'apiError', status, code: 'systemError' } },
			],
			counts: { ...GOOD, uploadInfo: 2 },
		},
	]),
	...(['ossPut', 'uploadInfo'] as const).map((call): Row => ({
		what: `${call} answered by a gateway's page and 502 is repeated`,
		faults: () => [{ call, fault: { kind: 'answer', status: 502, body: page } }],
		counts: { ...GOOD, [call]: 2 },
	})),
	{
		what: 'a storage that is always busy fails after five attempts, with its request id',
		faults: () => [
			{
				call: 'ossPut',
				times: Infinity,
				fault: { kind: 'ossError', status: 503, code: 'ServiceBusy', message: 'Please slow down' },
			},
		],
		counts: { token: 1, uploadInfo: 1, ossPut: 5 },
		fails: {
			message: 'The storage refused the file (HTTP 503)',
			description: /Please slow down \(code ServiceBusy, request id [0-9A-F]{24}\)/,
			data: { code: 'ServiceBusy', httpStatus: 503, attempts: 5 },
		},
	},
];

testTables({ 'when the network fails': rows });
