import { describe, expect, it } from 'vitest';

import { judgeRound, type Played } from './judge';
import type { ExecutionOutcome } from './messages';
import type { Expectation } from './plan';

const file = { name: 'soak-1-0.bin', size: 5, sha256: 'right', sha1: 'short' };
const well: ExecutionOutcome = { status: 'success', files: [file], done: 1, errors: [] };

function played(
	outcome: Partial<ExecutionOutcome> = {},
	expectation: Expectation = { ends: 'well' },
	operation: Played['planned']['operation'] = 'upload',
): Played[] {
	const planned = { operation, expectation } as Played['planned'];
	return [{ planned, outcome: { ...well, ...outcome } }];
}

function judge(all: Played[], stored = [file], pds: Array<typeof file> = []) {
	return judgeRound(all, { files: stored, resources: [] }, { files: pds });
}

describe('the judgement over a round', () => {
	it('counts a file that is stored once', () => {
		expect(judge(played())).toEqual({ verified: 1, bytes: 5, expectedFailures: 0, problems: [] });
	});

	it('knows a file of PDS by its SHA-1', () => {
		const pds = [{ ...file, sha256: '' }];
		const all = played({}, { ends: 'well' }, 'pdsParallel');
		expect(judge(all, [], pds)).toMatchObject({ verified: 1, problems: [] });
	});

	it.each([
		['missing', [], 'is not stored'],
		['doubled', [file, file], 'is stored 2 times'],
		['changed', [{ ...file, sha256: 'wrong' }], 'is stored with other bytes'],
		['cut', [{ ...file, size: 4 }], 'is stored with other bytes'],
	])('finds a file that is %s', (_, stored, what) => {
		expect(judge(played(), stored).problems).toEqual([`upload: ${file.name} ${what}`]);
	});

	it('finds a file under a name that nobody gave', () => {
		const other = { ...file, name: 'soak-1-0(1).bin' };
		expect(judge(played(), [file, other]).problems).toEqual([`Nobody uploaded ${other.name}`]);
	});

	it('finds an error that was not meant', () => {
		const failed = { status: 'error', done: 0, errors: ['Oh [x]'] } as const;
		expect(judge(played({ ...failed, errors: ['Oh [x]'] }), []).problems).toEqual([
			'upload: ended as error, 0 of 1 done, Oh [x]',
			`upload: ${file.name} is not stored`,
		]);
	});

	it('finds an item that is missing', () => {
		expect(judge(played({ done: 0 })).problems).toEqual([
			'upload: ended as success, 0 of 1 done, no error',
		]);
	});

	it('takes an error that was meant, and no other', () => {
		const meant: Expectation = { ends: 'badly', saying: /permission/ };
		const failed = { status: 'error' as const, done: 0 };
		const judged = judge(played({ ...failed, errors: ['No permission'] }, meant), []);
		expect(judged).toMatchObject({ expectedFailures: 1, problems: [] });
		expect(judge(played({ ...failed, errors: ['Oh'] }, meant), []).problems).toHaveLength(1);
		expect(judge(played({}, meant)).problems).toHaveLength(1);
	});

	it('takes a stopped execution, whether its file had arrived or not', () => {
		const stopped = played({ status: 'canceled', done: 0 }, { ends: 'cancelled' });
		expect(judge(stopped, [])).toMatchObject({ expectedFailures: 1, problems: [] });
		expect(judge(stopped)).toMatchObject({ verified: 1, problems: [] });
		const late = played({}, { ends: 'cancelled' });
		expect(judge(late, []).problems).toEqual([`upload: ${file.name} is not stored`]);
	});
});
