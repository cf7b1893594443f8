import type { FastifyInstance } from 'fastify';
import { SAMPLES } from '../samples';
import { SEED } from '../seed';
import type { FaultRule } from '../types';
import { committedFiles, storedResources } from '../views';
import type { World } from '../world';

/** Leaves the bytes out: this is for reading. */
function withoutBytes<T extends { bytes?: Buffer }>(all: T[]): Array<Omit<T, 'bytes'>> {
	return all.map((each) => ({ ...each, bytes: undefined }));
}

function countByName(world: World): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { name } of world.recorder.calls) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

/** Lets another process look in, set faults and start anew. None of it is recorded as a call. */
export function addControlSurface(app: FastifyInstance, world: World): void {
	app.get('/_local/state', async () => ({
		files: withoutBytes(committedFiles(world)),
		resources: withoutBytes(storedResources(world)),
		objects: withoutBytes([...world.objects.values()]),
		counts: countByName(world),
		connections: {
			api: world.recorder.connections('api'),
			oss: world.recorder.connections('oss'),
		},
		seed: SEED,
	}));

	app.get('/_local/calls', async () => world.recorder.calls);

	app.post('/_local/reset', async () => {
		world.reset();
		return { ok: true };
	});

	app.post('/_local/fail', async (request) => {
		// JSON has no Infinity, so the word stands for it.
		const rule = JSON.parse(String(request.body)) as Omit<FaultRule, 'times' | 'when'> & {
			times?: number | 'Infinity';
		};
		const { times, ...rest } = rule;
		world.faults.add({ ...rest, ...(times !== undefined && { times: Number(times) }) });
		return { ok: true };
	});

	app.post('/_local/revoke-tokens', async () => {
		world.grants.revokeAll();
		return { ok: true };
	});

	app.get<{ Params: { name: string } }>('/_local/files/:name', async (request, reply) => {
		const sample = SAMPLES[request.params.name];
		if (!sample) return await reply.code(404).send({ error: `Known: ${Object.keys(SAMPLES)}` });
		return await reply
			.header('content-type', sample.mediaType)
			.header('content-disposition', `attachment; filename="${request.params.name}"`)
			.send(sample.bytes());
	});
}
