import assert from 'node:assert/strict';

import type { LocalDingTalk } from '../../services/dingtalk';
import { KINDS } from './kinds';
import { isInPart, type Attachment } from './mails';
import type { ReRun, ReRuns, Story } from './story';
import { Storage } from './storage';

/** Looks at the story and throws when it is not as it must be; says what it counted. */
export interface Check {
	name: string;
	check(story: Story, dingTalk: LocalDingTalk): string;
}

const CONFLICT = 'dentryNameConflict';

/** Must hold after every act: what is stored of one attachment, once n8n has settled. */
function assertNoneDoubled(story: Story, storage: Storage): void {
	for (const { kind, attachments } of story.mails) {
		if (kind === 'rename') continue;
		for (const attachment of attachments) {
			const names = storage.copiesOf(attachment).map(({ name }) => name);
			assert.ok(names.length <= 1, `stored twice: ${names.join(', ')}`);
			assert.ok(!names[0] || names[0] === attachment.name, `${attachment.name} is ${names[0]}`);
		}
	}
}

/** What a second run must give, by kind; `had` says whether the file was stored before it. */
const EXPECTED: Record<string, (run: ReRun, runs: ReRuns) => void> = {
	rename: (run, { before, after }) => {
		assert.equal(run.ended, 'success');
		for (const file of run.mail.attachments) {
			assert.equal(after.copiesOf(file).length, before.copiesOf(file).length + 1, file.name);
		}
	},
	overwrite: (run, { before, after }) => {
		assert.equal(run.ended, 'success');
		for (const file of run.mail.attachments) {
			const { version } = onlyCopy(after, file);
			assert.equal(version, before.copiesOf(file).length > 0 ? 2 : 1, file.name);
		}
	},
	keep: (run, { before, after }) => {
		assert.equal(run.ended, 'success');
		for (const file of run.mail.attachments) {
			const { version, uuid } = onlyCopy(after, file);
			assert.equal(version, 1, file.name);
			const [had] = before.copiesOf(file);
			if (had) assert.equal(uuid, had.uuid);
		}
	},
	fail: (run, { before }) => {
		const had = before.storedOf(run.mail);
		assert.equal(run.ended, had > 0 ? 'error' : 'success', `${run.mail.id}: ${had} were there`);
	},
	'fail-go-on': (run, { before, after }) => {
		assert.equal(run.ended, 'success');
		for (const file of run.mail.attachments) assert.equal(onlyCopy(after, file).version, 1);
		if (!run.items) return;
		const refused = run.items.filter(({ error }) => error !== undefined);
		assert.equal(refused.length, before.storedOf(run.mail), run.mail.id);
		for (const { error } of refused) {
			assert.equal((error as { code?: string }).code, CONFLICT);
		}
	},
};

function onlyCopy(storage: Storage, attachment: Attachment) {
	const copies = storage.copiesOf(attachment);
	assert.equal(copies.length, 1, `${attachment.name} is stored ${copies.length} times`);
	return copies[0];
}

function checkReRuns(kind: string, runs: ReRuns): string {
	const own = runs.runs.filter(({ mail }) => mail.kind === kind);
	const inPart = own.filter(({ mail }) => isInPart(runs.before.storedOf(mail), mail));
	assert.ok(inPart.length > 0, 'no mail of this kind was stored in part');
	for (const run of own) EXPECTED[kind](run, runs);
	const files = own.flatMap(({ mail }) => mail.attachments);
	const count = (storage: Storage) =>
		files.reduce((sum, file) => sum + storage.copiesOf(file).length, 0);
	const ends = own.filter(({ ended }) => ended === 'success').length;
	return (
		`${own.length} mails, ${files.length} files: ${count(runs.before)} stored before, ` +
		`${count(runs.after)} after; ${ends} of ${own.length} runs ended well`
	);
}

export const CHECKS: Check[] = [
	{
		name: 'A worker was killed in the middle of mails of every kind',
		check({ killed, inPart }) {
			for (const { id } of KINDS) assert.ok(inPart[id] > 0, id);
			return `${killed.length} executions, stored in part: ${JSON.stringify(inPart)}`;
		},
	},
	{
		name: 'Each file that n8n acknowledged is stored once, with its bytes',
		check({ deliveries, storageAfterKill }) {
			const done = deliveries.filter(({ receipt }) => receipt.status === 200);
			const files = done.flatMap(({ mail }) => mail.attachments);
			for (const file of files) {
				const { name, size, version } = onlyCopy(storageAfterKill, file);
				assert.deepEqual(
					{ name, size, version },
					{ name: file.name, size: file.bytes.length, version: 1 },
				);
			}
			assert.ok(files.length > 500);
			return `${files.length} files of ${done.length} mails`;
		},
	},
	{
		name: 'What the killed worker was running ended as an error, in n8n and for the sender',
		check({ deliveries, listed }) {
			assert.equal(listed.length, deliveries.length);
			const failed = listed.filter(({ status }) => status !== 'success');
			const refused = deliveries.filter(({ receipt }) => receipt.status !== 200);
			assert.ok(failed.length > 0);
			assert.equal(failed.length, refused.length);
			for (const { id, status } of failed) assert.equal(status, 'error', `execution ${id}`);
			return `${failed.length} of ${listed.length} executions`;
		},
	},
	{
		name: 'n8n gave none of them to another worker, and ran no execution twice',
		check({ killed, listed, startedElsewhere }) {
			const failed = listed.filter(({ status }) => status === 'error').map(({ id }) => id);
			const again = startedElsewhere.filter((id) => [...killed, ...failed].includes(id));
			assert.deepEqual(again, []);
			assert.equal(new Set(startedElsewhere).size, startedElsewhere.length);
			return `${startedElsewhere.length} executions ran on the other workers`;
		},
	},
	{
		name: 'The Retry button on them uploads nothing and claims no success',
		check({ retriesOfFailed, commitsOfRetries }) {
			assert.equal(commitsOfRetries, 0);
			const ends = [...retriesOfFailed.values()];
			assert.ok(ends.length > 0 && !ends.includes('success'), ends.join(', '));
			return [...new Set(ends)].join(', ');
		},
	},
	...KINDS.map(({ id, label }) => ({
		name: `Sent again by the sender: ${label}`,
		check: ({ sentAgain }: Story) => checkReRuns(id, sentAgain),
	})),
	{
		name: 'A worker that is asked to end (SIGTERM) finishes what it is running',
		check({ left, listedAtEnd }) {
			assert.ok(left.running.length > 0);
			assert.deepEqual(left.open, []);
			const ended = listedAtEnd.filter(({ id }) => left.running.includes(id));
			assert.equal(ended.length, left.running.length);
			for (const { id, status } of ended) assert.notEqual(status, 'crashed', `execution ${id}`);
			return `${left.running.length} executions`;
		},
	},
	{
		name: 'After a crash of main too, n8n kept the input of what it calls crashed, in its database',
		check({ crashedData }) {
			assert.ok(crashedData.length > 0);
			for (const data of crashedData) assert.match(data, /"database:[0-9a-f-]{36}"/);
			return `${crashedData.length} executions`;
		},
	},
	...KINDS.map(({ id, label }) => ({
		name: `Run again by the Retry button: ${label}`,
		check: ({ retried }: Story) => checkReRuns(id, retried),
	})),
	{
		name: 'No file is doubled, except by Rename; none is stored with other bytes',
		check(story, dingTalk) {
			const storage = new Storage(dingTalk);
			assertNoneDoubled(story, storage);
			assert.deepEqual(
				storage.strangers(story.mails).map(({ name }) => name),
				[],
			);
			return `${dingTalk.files().length} files stored`;
		},
	},
	{
		name: 'A mail whose files are not all stored has no execution that ended well',
		check({ deliveries, sentAgain, retried, listedAtEnd, mails }, dingTalk) {
			const storage = new Storage(dingTalk);
			const ended = [
				...deliveries.map(({ mail, receipt }) => ({ mail, well: receipt.status === 200 })),
				...[...sentAgain.runs, ...retried.runs].map((run) => {
					return { mail: run.mail, well: run.ended === 'success' };
				}),
			];
			const lost = ended.filter(
				({ mail, well }) => well && storage.storedOf(mail) < mail.attachments.length,
			);
			assert.deepEqual(lost, []);
			const missing = mails.filter((mail) => storage.storedOf(mail) < mail.attachments.length);
			const failed = listedAtEnd.filter(({ status }) => status !== 'success').length;
			assert.ok(missing.length <= failed);
			for (const { kind, id } of missing) assert.equal(kind, 'fail', id);
			return `${missing.length} mails of the kind "Fail" stayed incomplete, as errors`;
		},
	},
	{
		name: 'Each worker process fetched a token at most once',
		check({ workers }, dingTalk) {
			const tokens = dingTalk.callsOf('token').length;
			assert.ok(tokens > 0 && tokens <= workers, `${tokens} token calls of ${workers} workers`);
			return `${tokens} token calls, ${workers} workers`;
		},
	},
	{
		name: 'Together the workers met the 20 calls a second, and waited it out',
		check(_, dingTalk) {
			const refused = dingTalk.calls.filter(({ code }) => code?.includes('QpsLimit')).length;
			assert.ok(refused > 0);
			return `${refused} of ${dingTalk.calls.length} calls were refused, none failed for it`;
		},
	},
];
