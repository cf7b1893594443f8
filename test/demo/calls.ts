import { channel } from 'node:diagnostics_channel';

/** The calls of an upload in their order, by what tells them apart. */
const KINDS: Array<[name: string, fits: (method: string, path: string) => boolean]> = [
	['access token', (_, path) => path.includes('/oauth2/')],
	['upload info', (_, path) => path.includes('/uploadInfos/query')],
	['storage PUT', (method) => method === 'PUT'],
	['commit', (_, path) => path.endsWith('/commit')],
	['look-up', () => true],
];

/** Counts the HTTP requests that really go out, repeated ones included. */
export function countCalls(): { summary(): string; stop(): void } {
	const counts = new Map<string, number>();
	const requests = channel('undici:request:create');
	const onRequest = (message: unknown) => {
		const { method, path } = (message as { request: { method: string; path: string } }).request;
		const [pathname] = path.split('?');
		const [kind] = KINDS.find(([, fits]) => fits(method, pathname)) ?? ['other'];
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	};
	requests.subscribe(onRequest);
	return {
		summary: () =>
			KINDS.filter(([kind]) => counts.has(kind))
				.map(([kind]) => `${counts.get(kind)} ${kind}`)
				.join(', '),
		stop: () => {
			requests.unsubscribe(onRequest);
		},
	};
}
