import type { IDataObject } from 'n8n-workflow';
import { expect } from 'vitest';

import { textFor } from '../../nodes/DingTalkKnowledgeBase/api/error-catalog';
import type { RecordedCall } from '../services/dingtalk';
import { openFiles, openSockets } from '../nodes/support/open-handles';
import { LONGEST_WAIT } from '../nodes/support/haste';
import { FOLDER } from '../nodes/DingTalkKnowledgeBase/support/uploads';
import { emittedBy, SecretWatch } from '../nodes/support/secrets';
import { SHORT_TIMEOUT, type Played } from './play';

/** What must hold whatever goes wrong. */
export async function expectAllIsWell(played: Played): Promise<void> {
	if (played.shown) expectExplained(played);
	else expectStoredOnce(played);
	expectNothingDoubled(played);
	expectNoSecretLeft(played);
	expectWithinLimits(played);
	await expectNothingOpen(played);
}

/** A success is one file, byte by byte the same, and the item is about that file. */
function expectStoredOnce({ cell, outcome, stored, rig }: Played): void {
	const { result, items, hashes } = outcome;
	expect(result.status).toBe('success');
	expect(items).toHaveLength(1);
	const [{ json }] = items;
	if (cell.step.operation === 'upload') {
		expect(stored.map(({ sha256 }) => sha256)).toEqual(hashes);
		const [file] = rig.service.files(FOLDER);
		expect(json).toMatchObject({ name: 'report-0.bin', size: file.size, uuid: file.uuid });
		const keys = bodiesOf(rig.service.callsOf('commit')).map(({ uploadKey }) => uploadKey);
		expect(keys).toContain((json.upload as IDataObject).uploadKey);
	} else {
		// A PUT whose answer was lost is made to another place: the resource that nobody knows is unseen.
		const known = rig.service.resources().filter((each) => each.resourceId === json.resourceId);
		expect(known.map(({ sha256 }) => sha256)).toEqual(hashes);
		expect(json).toMatchObject({ size: known[0].size });
	}
}

/** Bodies of the calls that were read. */
function bodiesOf(calls: RecordedCall[]): IDataObject[] {
	return calls.flatMap(({ body }) => (body === undefined ? [] : [body as IDataObject]));
}

/** Texts that n8n puts in place of what a node says. */
const N8N_TEXT = /please check your|perhaps check|try again later or consider|^unknown error/i;

/** What it can be about. */
const MATTER =
	/DingTalk|storage|upload|file|answer|connection|request|app|organisation|folder|committed|document|link|knowledge base|operator|recycle bin|chat/i;

/** A failure says what happened, what to do, where, and what support asks for. */
function expectExplained({ cell, shown, outcome }: Played): void {
	const { step, fault } = cell;
	expect(outcome.result.status).toBe('error');
	const { message = '', description = '', itemIndex, data = {} } = shown ?? {};
	expect(message).toMatch(MATTER);
	expect(message).not.toMatch(N8N_TEXT);
	expect(adviceIn(description), `what to do, in: ${description}`).toMatch(/^[A-Z].{20,}[.!]$/s);
	expect(itemIndex).toBe(0);
	const { code, requestId, fileName } = data;
	expect(data.step).toBe(fault.showsAt ?? step.errorStep);
	expect(code).toEqual(expect.stringMatching(/./));
	expect(fileName).toBe('report-0.bin');
	expect(description).toContain(`code ${String(code)}`);
	if (fault.answered) {
		expect(data).toMatchObject({ httpStatus: expect.any(Number) as number });
		expect(requestId).toEqual(expect.stringMatching(/./));
		expect(description).toContain(`request id ${String(requestId)}`);
	}
	if (fault.code) expect(code).toBe(fault.code);
	const text = fault.code && step.front === 'api' ? textFor(fault.code) : undefined;
	if (text && data.outcome !== 'unknown') expect(message).toBe(text.title);
}

/** The description without what the service said and what support asks for. */
function adviceIn(description: string): string {
	return description
		.replace(/ ?\(code [^()]*\)$/, '')
		.replace(/(?:DingTalk|The storage) says: .*$/s, '')
		.trim();
}

/** There is never a second file, and where a file may be although an error is shown, it is said. */
function expectNothingDoubled({ cell, stored, shown, rig }: Played): void {
	if (cell.step.operation === 'uploadResource') return;
	expect(stored.length).toBeLessThanOrEqual(1);
	const mayRepeat = /^(?:OVERWRITE|RETURN_DENTRY_IF_EXISTS)$/.test(cell.strategy ?? '');
	const calls = rig.service.callsOf('commit');
	const isKeyRefused = calls.some(({ code }) => code === 'paramError.uploadKey');
	const commits = bodiesOf(calls);
	// Only the bytes of a key that was refused are uploaded again, and then not more than once.
	const keys = new Set(commits.map(({ uploadKey }) => uploadKey));
	expect(keys.size).toBeLessThanOrEqual(isKeyRefused ? 2 : 1);
	for (const commit of commits)
		expect({ ...commit, uploadKey: '' }).toEqual({ ...commits[0], uploadKey: '' });
	if (!mayRepeat) expect(rig.service.files(FOLDER)[0]?.version ?? 1).toBe(1);
	if (!shown || stored.length === 0) return;
	const [{ uploadKey }] = commits;
	expect(shown.data).toMatchObject({
		outcome: 'unknown',
		uploadKey,
		fileName: 'report-0.bin',
		parentDentryUuid: FOLDER,
	});
	expect(shown.message).toContain('unknown');
}

/** Tokens and signatures go where they belong and nowhere else. */
function expectNoSecretLeft({ rig: { service }, outcome, secrets }: Played): void {
	const watch = new SecretWatch();
	watch.learn(service.calls);
	for (const secret of secrets) {
		watch.learn([{ headers: { 'x-acs-dingtalk-access-token': secret }, query: {} }]);
	}
	watch.expectNoneIn(emittedBy(outcome.result));
	for (const { headers: sent, path, query } of service.calls.filter((c) => c.front === 'oss')) {
		const text = JSON.stringify([sent, path, query]);
		expect(watch.find(text, { signaturesAllowed: true }), 'secrets at the storage').toEqual([]);
	}
}

/** Ten repetitions after refusals for the rate, and one more of each kind after a new permit. */
const MOST_REQUESTS = 12;

/** What eighty cells at a time may add: milliseconds. */
const SLACK = 20_000;

/** No run takes longer than its requests and the waits between them may. */
function expectWithinLimits({ requests, haste: { waits }, outcome, cell }: Played): void {
	for (const count of Object.values(requests)) expect(count).toBeLessThanOrEqual(MOST_REQUESTS);
	// Ten waits after refusals for the rate take 63 seconds at most.
	expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(63_000);
	const waited = waits.reduce((sum, each) => sum + Math.min(each, LONGEST_WAIT), 0);
	const count = requests[cell.step.name] ?? 0;
	// A trickling answer ends after three timeouts; the storage is given a second more for what is
	// still on its way.
	const hung = cell.fault.stalls ? count * (3 * SHORT_TIMEOUT + 1_100) : 0;
	expect(outcome.took).toBeLessThan(waited + hung + SLACK);
}

/** No file is open, and of each front at most the one connection that is kept for the next call. */
async function expectNothingOpen({ cell, rig: { engine, service } }: Played): Promise<void> {
	await expect.poll(() => openFiles(engine.dataFolder)).toEqual([]);
	// A service that has stopped reading does not see that the other side has left.
	const open = cell.fault.stalls
		? [() => openSockets(service.apiUrl), () => openSockets(service.ossUrl)]
		: [() => service.connections('api').open, () => service.connections('oss').open];
	for (const count of open) await expect.poll(count).toBeLessThanOrEqual(1);
}
