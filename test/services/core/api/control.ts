import type { FastifyInstance } from 'fastify';
import type { FaultRule, RecordedCall } from '../types';
import type { ServiceWorld } from '../world';

/** Where the paths of the control surface begin. */
export const CONTROL = '/_local/';

function countByName(calls: RecordedCall[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { name } of calls) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

/** Lets another process look in, set faults and start anew. None of it is recorded as a call. */
export function addControlSurface<Name extends string>(
	app: FastifyInstance,
	world: ServiceWorld<Name>,
): void {
	const { recorder } = world;
	app.get(`${CONTROL}state`, async () => ({
		...world.state(),
		counts: countByName(recorder.calls),
		connections: { api: recorder.connections('api'), oss: recorder.connections('oss') },
	}));

	app.get(`${CONTROL}calls`, async () => recorder.calls);

	app.post(`${CONTROL}reset`, async () => {
		world.reset();
		return { ok: true };
	});

	app.post(`${CONTROL}fail`, async (request) => {
		// JSON has no Infinity, so the word stands for it.
		const { times, ...rest } = JSON.parse(String(request.body)) as Omit<
			FaultRule<Name>,
			'times' | 'when'
		> & { times?: number | 'Infinity' };
		world.faults.add({ ...rest, ...(times !== undefined && { times: Number(times) }) });
		return { ok: true };
	});

	app.post(`${CONTROL}revoke-tokens`, async () => {
		world.revokeTokens();
		return { ok: true };
	});
}
