import { expect } from 'vitest';

import { testTables, type Row } from '../support/rows';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };

/** So long nothing stands still by itself, not even on a busy machine: milliseconds. */
const TIMEOUT = 5_000;

const rows: Row[] = [
	{
		what: 'a body that stalls is given up after the timeout and sent again',
		upload: { size: 20_000_000, options: { timeout: TIMEOUT } },
		faults: () => [{ call: 'ossPut', fault: { kind: 'stall', afterBytes: 1_000_000 } }],
		counts: { ...GOOD, ossPut: 2 },
	},
	{
		what: 'a PUT whose answer never comes is given up after the timeout and sent again',
		upload: { options: { timeout: TIMEOUT } },
		faults: () => [{ call: 'ossPut', fault: { kind: 'stallAnswer' } }],
		counts: { ...GOOD, ossPut: 2 },
	},
	{
		what: 'an upload that moves slowly is never cut, though it lasts longer than the timeout',
		upload: { size: 40_000_000, options: { timeout: TIMEOUT } },
		faults: () => [{ call: 'ossPut', fault: { kind: 'slow', bytesPerSecond: 4_000_000 } }],
		counts: GOOD,
		also: (_scene, { elapsed }) => expect(elapsed).toBeGreaterThan(1.8 * TIMEOUT),
	},
	{
		// The system takes megabytes off the node's hands at once; they are still under way then.
		what: 'an upload that fits into the buffers of the system is not cut either while it moves',
		upload: { size: 6_000_000, options: { timeout: TIMEOUT } },
		faults: () => [{ call: 'ossPut', fault: { kind: 'slow', bytesPerSecond: 800_000 } }],
		counts: GOOD,
		also: (_scene, { elapsed }) => expect(elapsed).toBeGreaterThan(1.4 * TIMEOUT),
	},
];

testTables({ 'when a connection is silent or slow': rows });
