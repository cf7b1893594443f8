import { expect } from 'vitest';

import type { Fault } from '../../../../services/dingtalk';
import { testTables, type Row } from '../support/rows';
import type { DingTalkRig } from '../../../DingTalkKnowledgeBase/support/rig';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };

type Call = 'ossPut' | 'uploadInfo' | 'commit';

interface Busy {
	how: string;
	call: Call;
	status: number;
	body?: unknown;
}

const page = '<html>Service Unavailable</html>';
const json = { code: 'systemError', requestid: 'R-1', message: 'busy' };

const throttled = { code: 'Throttled' };

const BUSY: Busy[] = [
	{ how: 'a storage', call: 'ossPut', status: 503 },
	{ how: 'a storage that throttles', call: 'ossPut', status: 429 },
	{ how: 'the service', call: 'uploadInfo', status: 503, body: json },
	{ how: 'a service that throttles', call: 'uploadInfo', status: 429, body: throttled },
	{ how: 'a throttled commit', call: 'commit', status: 429, body: throttled },
	{ how: 'a gateway with a page', call: 'uploadInfo', status: 503, body: page },
	{ how: 'a gateway that throttles with a page', call: 'uploadInfo', status: 429, body: page },
];

function busy({ status, body }: Busy, retryAfter: string): Fault {
	return { kind: 'answer', status, body, headers: { 'retry-after': retryAfter } };
}

/** Milliseconds between the first two calls. */
function pause({ service }: DingTalkRig, call: Call): number {
	const [first, second] = service.callsOf(call);
	return second.at - first.at;
}

const rows: Row[] = [
	...BUSY.map((one): Row => ({
		what: `${one.how} (${one.status}) is given the seconds it asks for in Retry-After`,
		faults: () => [{ call: one.call, fault: busy(one, '2') }],
		counts: { ...GOOD, [one.call]: 2 },
		also: (rig, { result }) => {
			expect(pause(rig, one.call)).toBeGreaterThanOrEqual(1990);
			const [warning] = result.logs.filter(({ level }) => level === 'warn');
			expect(warning.message).toMatch(/attempt 2 in 2000 ms$/);
		},
	})),
	...[BUSY[0], BUSY[2]].map((one): Row => {
		let date = '';
		return {
			what: `${one.how} (${one.status}) is left alone until the date it gives in Retry-After`,
			faults: () => {
				date = new Date(Date.now() + 4000).toUTCString();
				return [{ call: one.call, fault: busy(one, date) }];
			},
			counts: { ...GOOD, [one.call]: 2 },
			also: ({ service }) => {
				// A timer may fire a millisecond early.
				expect(service.callsOf(one.call)[1].at).toBeGreaterThanOrEqual(Date.parse(date) - 5);
			},
		};
	}),
	{
		what: 'a storage that asks for an hour is not waited for',
		faults: () => [{ call: 'ossPut', times: Infinity, fault: busy(BUSY[0], '3600') }],
		counts: { token: 1, uploadInfo: 1, ossPut: 1 },
		fails: { message: 'The storage refused the file (HTTP 503)' },
	},
	{
		what: 'the waits grow from try to try',
		faults: () => [
			{ call: 'ossPut', times: 4, fault: { kind: 'ossError', status: 503, code: 'ServiceBusy' } },
		],
		counts: { ...GOOD, ossPut: 5 },
		also: ({ service }) => {
			const times = service.callsOf('ossPut').map(({ at }) => at);
			const waits = times.slice(1).map((at, index) => at - times[index]);
			// Between half and all of 400, 800, 1600, 3200; a timer may fire a millisecond early.
			for (const [index, wait] of waits.entries()) {
				expect(wait).toBeGreaterThanOrEqual(200 * 2 ** index - 5);
			}
		},
	},
	{
		what: 'every wait is told to the log, with file, code and request id',
		faults: () => [
			{ call: 'uploadInfo', fault: { kind: 'apiError', status: 500, code: 'systemError' } },
			{ call: 'ossPut', fault: { kind: 'ossError', status: 503, code: 'ServiceBusy' } },
		],
		counts: { ...GOOD, uploadInfo: 2, ossPut: 2 },
		also: (_scene, { result }) => {
			const warnings = result.logs.filter(({ level }) => level === 'warn');
			expect(warnings).toMatchObject(
				[
					{ message: /getUploadInfo.*attempt 2 in \d+ ms/, meta: { code: 'systemError' } },
					{ message: /"report-0.bin".*attempt 2 in \d+ ms/, meta: { code: 'ServiceBusy' } },
				].map(({ message, meta }) => ({ message: expect.stringMatching(message), meta })),
			);
		},
	},
];

testTables({ 'when a service asks to wait': rows.map((row) => ({ ...row, waits: true })) });
