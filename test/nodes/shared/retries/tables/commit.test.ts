import { expect } from 'vitest';

import type { Fault, FaultRule } from '../../../../services/dingtalk';
import { testTables, type Row } from '../support/rows';
import { FOLDER } from '../../../DingTalkKnowledgeBase/support/uploads';

const GOOD = { token: 1, uploadInfo: 1, ossPut: 1, commit: 1 };

/** The answer is lost; whether the work was done differs, and the node cannot know. */
const LOST: Array<{ how: string; fault: Fault; done: boolean }> = [
	{ how: 'reset after the work', fault: { kind: 'reset', when: 'afterWork' }, done: true },
	{ how: 'reset before the work', fault: { kind: 'reset', when: 'afterBody' }, done: false },
	{ how: 'cut in half', fault: { kind: 'truncatedAnswer' }, done: true },
	{
		how: 'replaced by 502',
		fault: { kind: 'answerAfter', status: 502, body: '<html>Bad Gateway</html>' },
		done: true,
	},
	{
		how: 'replaced by systemError',
		fault: { kind: 'answerAfter', status: 500, body: { code: 'systemError', requestid: 'R-1' } },
		done: true,
	},
	{
		how: 'replaced by operationTimeout',
		fault: { kind: 'answerAfter', status: 503, body: { code: 'operationTimeout' } },
		done: true,
	},
	{
		how: 'replaced by a page',
		fault: { kind: 'answerAfter', status: 200, body: '<html>Welcome</html>' },
		done: true,
	},
	{
		how: 'answered without a dentry',
		fault: { kind: 'answerAfter', status: 200, body: {} },
		done: true,
	},
];

const lost = (fault: Fault) => (): FaultRule[] => [{ call: 'commit', fault }];

/** An answer without what was promised is no hiccup of the network: nothing is repeated for it. */
const passes = ({ how }: { how: string }) => how !== 'answered without a dentry';

const repeated = ['OVERWRITE', 'RETURN_DENTRY_IF_EXISTS'].flatMap((conflictStrategy) =>
	LOST.filter(passes).map(({ how, fault, done }): Row => ({
		what: `a commit with ${conflictStrategy} whose answer is ${how} is repeated`,
		upload: { options: { conflictStrategy } },
		faults: lost(fault),
		counts: { ...GOOD, commit: 2 },
		also: ({ service }, { items }) => {
			const [file] = service.files(FOLDER);
			expect(items[0].json).toMatchObject({ uuid: file.uuid, name: 'report-0.bin' });
			const twice = done && conflictStrategy === 'OVERWRITE';
			expect(file.version).toBe(twice ? 2 : 1);
			const [first, second] = service.callsOf('commit');
			expect(second.body).toEqual(first.body);
		},
	})),
);

const notRepeated = ['AUTO_RENAME', 'RETURN_ERROR_IF_EXISTS', undefined].flatMap(
	(conflictStrategy) =>
		LOST.map(({ how, fault, done }): Row => ({
			what: `a commit with ${conflictStrategy ?? 'none'} whose answer is ${how} is not repeated`,
			upload: { options: conflictStrategy ? { conflictStrategy } : {} },
			faults: lost(fault),
			counts: GOOD,
			stored: done ? 1 : 0,
			fails: {
				message: 'It is unknown whether "report-0.bin" was committed',
				description: /bytes are stored.*Check the folder.*Commit File with the upload key/,
				data: { outcome: 'unknown', fileName: 'report-0.bin', parentDentryUuid: FOLDER },
			},
			also: ({ service }, { result }) => {
				const { context } = result.error as unknown as { context: { data: object } };
				const { uploadKey } = service.callsOf('commit')[0].body as { uploadKey: string };
				expect(context.data).toMatchObject({ uploadKey, step: 'commit' });
			},
		})),
);

/** The service says that it did not carry the call out: that is safe with every strategy. */
const refused = ['AUTO_RENAME', 'RETURN_ERROR_IF_EXISTS'].map((conflictStrategy): Row => ({
	what: `a commit with ${conflictStrategy} that was refused, not lost, is repeated`,
	upload: { options: { conflictStrategy } },
	faults: () => [
		{
			call: 'commit',
			fault: {
				kind: 'apiError',
				status: 403,
				code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
			},
		},
		{
			call: 'commit',
			fault: { kind: 'apiError', status: 400, code: 'InvalidAuthentication' },
		},
		{
			call: 'commit',
			fault: { kind: 'apiError', status: 400, code: 'operationConcurrentControl' },
		},
	],
	counts: { ...GOOD, token: 2, commit: 4 },
}));

const rows: Row[] = [
	...repeated,
	...notRepeated,
	...refused,
	{
		what: 'the error item of a lost commit has what is needed to go on',
		upload: { onError: 'continueRegularOutput', files: 2, options: { maxConcurrency: 1 } },
		faults: lost({ kind: 'reset', when: 'afterWork' }),
		counts: { token: 1, uploadInfo: 2, ossPut: 2, commit: 2 },
		stored: 2,
		also: ({ service }, { items: [failed, good] }) => {
			const { uploadKey } = service.callsOf('commit')[0].body as { uploadKey: string };
			expect(failed.json).toMatchObject({
				error: {
					message: 'It is unknown whether "report-0.bin" was committed',
					outcome: 'unknown',
					uploadKey,
					fileName: 'report-0.bin',
					parentDentryUuid: FOLDER,
					step: 'commit',
				},
			});
			expect(good.json.name).toBe('report-1.bin');
		},
	},
	{
		what: 'a commit that was lost once stays unknown when its repetition is refused',
		upload: { options: { conflictStrategy: 'OVERWRITE' } },
		faults: () => [
			{ call: 'commit', fault: { kind: 'reset', when: 'afterWork' } },
			{
				call: 'commit',
				times: Infinity,
				fault: { kind: 'apiError', status: 400, code: 'operationConcurrentControl' },
			},
		],
		counts: { ...GOOD, commit: 5 },
		stored: 1,
		fails: { message: /^It is unknown whether/, data: { outcome: 'unknown' } },
	},
];

testTables({ 'when the answer to a commit is lost': rows });
