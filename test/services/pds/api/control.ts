import type { FastifyInstance } from 'fastify';
import { controls } from '../controls';
import { SEED } from '../seed';
import type { PdsFaultRule } from '../types';
import type { World } from '../world';

/** Lets another process look in, set faults and start anew. None of it is recorded as a call. */
export function addControlSurface(app: FastifyInstance, world: World): void {
	const service = controls(world);

	app.get('/_local/state', async () => ({
		files: service.files().map((file) => ({ ...file, bytes: undefined })),
		uploads: service.uploads(),
		connections: { api: service.connections('api'), oss: service.connections('oss') },
		seed: SEED,
	}));

	app.get('/_local/calls', async () => service.calls);

	app.post('/_local/reset', async () => {
		service.reset();
		return { ok: true };
	});

	app.post('/_local/fail', async (request) => {
		// JSON has no Infinity, so the word stands for it.
		const { times, ...rest } = JSON.parse(String(request.body)) as Omit<PdsFaultRule, 'times'> & {
			times?: number | 'Infinity';
		};
		service.fail({ ...rest, ...(times !== undefined && { times: Number(times) }) });
		return { ok: true };
	});

	app.post('/_local/revoke-tokens', async () => {
		service.revokeTokens();
		return { ok: true };
	});
}
