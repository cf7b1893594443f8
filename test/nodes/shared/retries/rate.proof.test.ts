import { afterAll, describe, expect, it } from 'vitest';

import { gathered } from '../../../services/core/gather';
import { openRig, type DingTalkRig } from '../../DingTalkKnowledgeBase/support/rig';
import { onRequest } from '../../support/undici-events';

const PER_SECOND = 20;
const rigs: DingTalkRig[] = [];
const ends: Array<() => void> = [];

afterAll(async () => {
	for (const end of ends) end();
	for (const rig of rigs) await rig.close();
});

async function limitedRig(): Promise<DingTalkRig> {
	const rig = await openRig({ service: { callsPerSecond: PER_SECOND } });
	rigs.push(rig);
	return rig;
}

/** When the calls of each kind were begun: milliseconds. */
function beginnings({ service }: DingTalkRig): { infos: number[]; commits: number[] } {
	const begun = { infos: [] as number[], commits: [] as number[] };
	ends.push(
		onRequest(service.apiUrl, (path) => {
			if (path.includes('/uploadInfos/query')) begun.infos.push(performance.now());
			if (path.includes('/commit')) begun.commits.push(performance.now());
		}),
	);
	return begun;
}

/** What the system may let pass between the turn of a call and its beginning: milliseconds. */
const SLACK = 200;

/** However late they arrive on a busy machine: so many are begun in a second, and no more. */
function expectNoMoreThanAllowed(begun: number[]): void {
	for (const [index, at] of begun.slice(PER_SECOND).entries()) {
		expect(at - begun[index]).toBeGreaterThan(1_000 - SLACK);
	}
}

// One after another: their calls would be late because of each other.
describe('a service that takes 20 calls a second of each kind', () => {
	it('takes 45 files without an error, at no more than 20 calls a second', async () => {
		const rig = await limitedRig();
		const { infos, commits } = beginnings(rig);
		const { result, elapsed } = await rig.upload({ files: 45, size: 2000 });
		expect(result.error).toBeUndefined();
		expect(rig.service.files()).toHaveLength(45);
		expect([infos.length, commits.length].every((count) => count >= 45)).toBe(true);
		expectNoMoreThanAllowed(infos);
		expectNoMoreThanAllowed(commits);
		// The third lot of 20 may begin after two seconds.
		expect(elapsed).toBeGreaterThan(2000);
	});

	it('takes two executions at once, because they share what the app may do', async () => {
		const rig = await limitedRig();
		const { infos, commits } = beginnings(rig);
		const runs = [{ files: 15 }, { files: 15 }].map(async (run) => await rig.upload(run));
		for (const { result } of await Promise.all(runs)) expect(result.error).toBeUndefined();
		expectNoMoreThanAllowed(infos);
		expectNoMoreThanAllowed(commits);
	});

	it('is waited for when the node was told a higher rate', async () => {
		const rig = await limitedRig();
		rig.service.fail(gathered('uploadInfo', 24));
		const options = { maxRequestsPerSecond: 1000, maxConcurrency: 30 };
		const { result } = await rig.upload({ files: 24, size: 2000, options });
		expect(result.error).toBeUndefined();
		expect(rig.service.files()).toHaveLength(24);
		const refused = rig.service.calls.filter(({ code }) => code?.includes('QpsLimit'));
		expect(refused.length).toBeGreaterThan(0);
	});
});
