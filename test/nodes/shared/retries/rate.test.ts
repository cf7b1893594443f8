import { afterAll, describe, expect, it } from 'vitest';

import { openScene, type Scene } from '../../support/scene';

const PER_SECOND = 20;
const scenes: Scene[] = [];

afterAll(async () => {
	for (const scene of scenes) await scene.close();
});

async function limitedScene(): Promise<Scene> {
	const scene = await openScene({ service: { callsPerSecond: PER_SECOND } });
	scenes.push(scene);
	return scene;
}

/** Calls that the service refused for their rate. */
function refused({ service }: Scene): number {
	return service.calls.filter(({ code }) => code?.includes('QpsLimit')).length;
}

// One after another: their calls would be late because of each other.
describe('a service that takes 20 calls a second of each kind', () => {
	it('takes 60 files without an error, and refuses few of the 120 calls', async () => {
		const scene = await limitedScene();
		const { result, elapsed } = await scene.upload({ files: 60, size: 2000 });
		expect(result.error).toBeUndefined();
		expect(scene.service.files()).toHaveLength(60);
		// The first calls may arrive late, behind the making of their connections.
		expect(refused(scene)).toBeLessThan(12);
		// The third lot of 20 may begin after two seconds.
		expect(elapsed).toBeGreaterThan(2000);
	});

	it('takes two executions at once, because they share what the app may do', async () => {
		const scene = await limitedScene();
		const runs = [{ files: 25 }, { files: 25 }].map(async (run) => await scene.upload(run));
		for (const { result } of await Promise.all(runs)) expect(result.error).toBeUndefined();
		// Without a common limit 40 calls would come in the first second: 20 too many of each kind.
		expect(refused(scene)).toBeLessThan(20);
	});

	it('is waited for when the node was told a higher rate', async () => {
		const scene = await limitedScene();
		const options = { maxRequestsPerSecond: 1000, maxConcurrency: 30 };
		const { result } = await scene.upload({ files: 24, size: 2000, options });
		expect(result.error).toBeUndefined();
		expect(scene.service.files()).toHaveLength(24);
		expect(refused(scene)).toBeGreaterThan(0);
	});
});
