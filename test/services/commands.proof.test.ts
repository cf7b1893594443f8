import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, send } from './core/send';
import { SEED } from './dingtalk';
import { SEED as PDS_SEED } from './pds';

/** Asks a service for a path below its address. */
type Ask = (path: string, body?: object) => Promise<Answer>;

/** Starts a service as a process of its own, and tells it to stop afterwards. */
async function withProcess(
	service: 'dingtalk' | 'pds',
	look: (ask: Ask, seed: object) => Promise<void>,
): Promise<void> {
	const cli = join(import.meta.dirname, service, 'cli.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', cli, '--api-port', '0'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const [line] = (await once(child.stdout, 'data')) as [Buffer];
		const { apiUrl, seed } = JSON.parse(String(line)) as { apiUrl: string; seed: object };
		const headers = { 'content-type': 'application/json' };
		await look(async (path, body) => {
			const post = body && { method: 'POST', headers, body: JSON.stringify(body) };
			return await send(`${apiUrl}${path}`, post);
		}, seed);
	} finally {
		child.kill('SIGTERM');
	}
	const [code] = (await once(child, 'exit')) as [number | null];
	expect(code).toBe(0);
}

const tea = { times: 'Infinity', fault: { kind: 'answer', status: 418, body: 'tea' } };

describe('a local service as a process of its own', () => {
	it('is DingTalk: says where it is, takes faults, and stops when told', async () => {
		await withProcess('dingtalk', async (ask, seed) => {
			expect(seed).toEqual(SEED);
			const { status, headers } = await ask('/_local/files/sample-photo.png');
			expect([status, headers['content-type']]).toEqual([200, 'image/png']);
			await ask('/_local/fail', { call: 'unknown', ...tea });
			expect((await ask('/x')).status).toBe(418);
			const state = await ask('/_local/state');
			expect(state.json).toMatchObject({ counts: { unknown: 1 }, files: [] });
		});
	});

	it('is PDS: says where it is, takes faults, and stops when told', async () => {
		await withProcess('pds', async (ask, seed) => {
			// Each process has an app key of its own.
			expect(seed).toMatchObject({ ...PDS_SEED, jwt: { userId: PDS_SEED.jwt.userId } });
			await ask('/_local/fail', { call: 'getFile', ...tea });
			const failed = await ask('/v2/file/get', {});
			expect([failed.status, failed.text]).toEqual([418, 'tea']);
			expect((await ask('/_local/calls')).json).toMatchObject([{ name: 'getFile', status: 418 }]);
			expect((await ask('/_local/state')).json).toMatchObject({ files: [], uploads: [] });
		});
	});
});
