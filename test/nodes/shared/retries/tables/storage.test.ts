import { expect } from 'vitest';

import type { Fault } from '../../../../services/dingtalk';
import { testTables, type Row } from '../support/rows';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };
const RENEWED = { ...GOOD, uploadInfo: 2, ossPut: 2 };
const MINUTE = 60_000;

const refused = (code: string): Fault => ({ kind: 'ossError', status: 403, code });

/** A clock that can be put forward while a row is played. */
function clock() {
	let ahead = 0;
	return { now: () => Date.now() + ahead, forward: (by: number) => (ahead += by) };
}

/** The service's clock jumps when the first PUT arrives, or, with `status`, after it failed. */
function lateRow({ what }: Pick<Row, 'what'>, by: number, status?: number): Row {
	const { now, forward } = clock();
	let jumped = false;
	return {
		what,
		service: { now },
		faults: () => [
			{
				call: 'ossPut',
				when: () => {
					if (!jumped) forward(by);
					jumped = true;
					return status !== undefined;
				},
				fault: { kind: 'ossError', status: status ?? 500, code: 'InternalError' },
			},
		],
		counts: { ...RENEWED, ossPut: status === undefined ? 2 : 3 },
	};
}

const rows: Row[] = [
	...['AccessDenied', 'RequestTimeTooSkewed', 'ExpiredToken'].flatMap((code): Row[] => [
		{
			what: `a PUT refused with ${code} is sent again with new upload info, whose key is committed`,
			upload: { size: 3_000_000 },
			faults: () => [{ call: 'ossPut', fault: refused(code) }],
			counts: RENEWED,
			also: ({ service }) => {
				const [first, second] = service.callsOf('ossPut');
				expect(second.path).not.toBe(first.path);
				expect(service.objects()).toHaveLength(1);
			},
		},
		{
			what: `a PUT refused with ${code} again after new upload info fails and says why`,
			faults: () => [{ call: 'ossPut', times: Infinity, fault: refused(code) }],
			counts: { token: 1, uploadInfo: 2, ossPut: 2 },
			fails: {
				message: /^The (storage|upload info)/,
				data: { code, httpStatus: 403, step: 'uploadToOss' },
			},
		},
	]),
	{
		what: 'a PUT refused with SignatureDoesNotMatch is not repeated, and explained',
		faults: () => [{ call: 'ossPut', times: Infinity, fault: refused('SignatureDoesNotMatch') }],
		counts: { token: 1, uploadInfo: 1, ossPut: 1 },
		fails: {
			message: 'The storage did not accept the signature',
			description: /content type.*must be empty.*proxy/,
			data: { code: 'SignatureDoesNotMatch', httpStatus: 403 },
		},
	},
	{
		what: 'a resource refused with SignatureDoesNotMatch is not repeated, and explained',
		upload: { operation: 'uploadResource' },
		faults: () => [{ call: 'docPut', times: Infinity, fault: refused('SignatureDoesNotMatch') }],
		counts: { token: 1, docUploadInfo: 1, docPut: 1 },
		fails: {
			message: 'The storage did not accept the signature',
			description: /media type/,
			data: { step: 'uploadResource' },
		},
	},
	{
		what: 'a resource refused as expired gets a new address once',
		upload: { operation: 'uploadResource' },
		faults: () => [{ call: 'docPut', fault: refused('AccessDenied') }],
		counts: { token: 1, docUploadInfo: 2, docPut: 2 },
		also: ({ service }, { hashes, items }) => {
			const [resource] = service.resources();
			expect(service.resources()).toHaveLength(1);
			expect(hashes).toEqual([resource.sha256]);
			expect(items[0].json.resourceId).toBe(resource.resourceId);
		},
	},
	lateRow({ what: 'a signature that is too old when the PUT arrives is renewed' }, 20 * MINUTE),
	lateRow(
		{ what: 'a signature that grows too old while a retry waits is renewed' },
		20 * MINUTE,
		503,
	),
	waitedInThePool(),
];

/** Each PUT takes the service 20 minutes by its clock, and only one file is sent at a time. */
function waitedInThePool(): Row {
	const { now, forward } = clock();
	return {
		what: 'files that waited long in the pool are sent with a signature asked for at their turn',
		service: { now, uploadKeyLifeSeconds: 7_200 },
		upload: { files: 4, options: { maxConcurrency: 1 } },
		faults: () => [
			{
				call: 'commit',
				when: () => {
					forward(20 * MINUTE);
					return false;
				},
				fault: { kind: 'delay', ms: 0 },
			},
		],
		counts: { token: 1, uploadInfo: 4, ossPut: 4, commit: 4 },
		also: ({ service }) => {
			expect(service.callsOf('ossPut').map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		},
	};
}

testTables({ 'when the storage refuses a file': rows });
