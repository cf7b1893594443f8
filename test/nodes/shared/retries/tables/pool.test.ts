import { expect } from 'vitest';

import { testTables, type Row } from '../support/rows';

const SIZE = 16_000_000;

/** What one file's failure means for the others. */
const rows: Row[] = [
	{
		what: 'the failure of one file ends the running PUT of another',
		upload: { files: 2, size: SIZE },
		faults: () => [
			{ call: 'ossPut', fault: { kind: 'slow', bytesPerSecond: 1_000_000 } },
			{ call: 'ossPut', fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } },
		],
		counts: { token: 1, uploadInfo: 2, ossPut: 2 },
		fails: { message: 'The storage did not accept the signature' },
		also: (_scene, { took }) => expect(took).toBeLessThan(5000),
	},
	{
		what: 'the failure of one file ends the wait of another between two PUTs',
		waits: true,
		upload: { files: 2 },
		faults: () => [
			{ call: 'ossPut', fault: { kind: 'answer', status: 503, headers: { 'retry-after': '20' } } },
			{ call: 'ossPut', fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } },
		],
		counts: { token: 1, uploadInfo: 2, ossPut: 2 },
		fails: { message: 'The storage did not accept the signature' },
		also: (_scene, { took }) => expect(took).toBeLessThan(5000),
	},
	{
		what: 'the failure of one file ends the wait of another between two calls',
		waits: true,
		upload: { files: 2 },
		faults: () => [
			{
				call: 'uploadInfo',
				fault: { kind: 'answer', status: 503, body: {}, headers: { 'retry-after': '6' } },
			},
			{ call: 'ossPut', fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } },
		],
		counts: { token: 1, uploadInfo: 2, ossPut: 1 },
		fails: { message: 'The storage did not accept the signature' },
		also: (_scene, { took }) => expect(took).toBeLessThan(4000),
	},
	{
		what: 'with "continue on fail" one file fails and the others are stored, in their order',
		upload: { files: 3, onError: 'continueRegularOutput' },
		faults: () => [
			{ call: 'ossPut', fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } },
		],
		counts: { token: 1, uploadInfo: 3, ossPut: 3, commit: 2 },
		stored: 2,
		also: (_scene, { items }) => {
			const failed = items.filter(({ json }) => json.error);
			expect(failed).toHaveLength(1);
			expect(failed[0].json.error).toMatchObject({ code: 'SignatureDoesNotMatch' });
			const paired = items.map(({ pairedItem }) => pairedItem);
			expect(paired).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		},
	},
];

testTables({ 'when one of several files fails': rows });
