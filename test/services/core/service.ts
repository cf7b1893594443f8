import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { listen } from './listen';
import type { LocalService, ServiceOptions } from './types';
import type { ServiceWorld } from './world';

/** Starts the two fronts of a service on 127.0.0.1. */
export async function startService<Name extends string>(
	world: ServiceWorld<Name>,
	{ api, oss }: { api: FastifyInstance; oss: Server },
	{ apiPort, ossPort }: ServiceOptions,
): Promise<LocalService<Name>> {
	await api.ready();
	const ossUrl = await listen(oss, ossPort);
	world.ossUrl = ossUrl;
	let apiUrl: string;
	try {
		apiUrl = await listen(api.server, apiPort);
	} catch (error) {
		oss.close();
		throw error;
	}
	const fronts = { api: { server: api.server, url: apiUrl }, oss: { server: oss, url: ossUrl } };
	const { recorder } = world;
	return {
		apiUrl,
		ossUrl,
		calls: recorder.calls,
		callsOf: (name) => recorder.calls.filter((call) => call.name === name),
		connections: (front) => recorder.connections(front),
		fail: (rule) => world.faults.add(rule),
		refuse: (front) => {
			world.refusing.add(front);
			// Ends the idle connections as well.
			fronts[front].server.close();
		},
		accept: async (front) => {
			world.refusing.delete(front);
			await listen(fronts[front].server, Number(new URL(fronts[front].url).port));
		},
		reset: () => world.reset(),
		revokeTokens: () => world.revokeTokens(),
		close: async () => {
			const ended = [oss, api.server].map(
				async (server) => await new Promise<void>((resolve) => server.close(() => resolve())),
			);
			oss.closeAllConnections();
			api.server.closeAllConnections();
			await Promise.all(ended);
			await api.close();
		},
	};
}
