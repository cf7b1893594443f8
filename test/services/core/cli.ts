import type { LocalService } from './types';

/** The value of an option that is a number. */
export function number(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

/** The names that an option lists, of those there are; without the option all. */
export function listed<Name extends string>(
	all: readonly Name[],
	text: string | undefined,
): Name[] {
	return all.filter((name) => text === undefined || text.split(',').includes(name));
}

/** Says on standard error what was answered. */
function showCalls(service: Pick<LocalService, 'calls'>): () => void {
	let shown = 0;
	const timer = setInterval(() => {
		shown = Math.min(shown, service.calls.length);
		for (; shown < service.calls.length; shown++) {
			const { front, method, path, status, code = '' } = service.calls[shown];
			process.stderr.write(`${front} ${method} ${path} ${status} ${code}\n`);
		}
	}, 200);
	return () => clearInterval(timer);
}

/** Runs a service as a process of its own, until it is told to stop; where it is, is its first line. */
export async function runAsProcess(
	starting: Promise<Pick<LocalService, 'apiUrl' | 'ossUrl' | 'calls' | 'close'> & { seed: object }>,
	verbose = false,
): Promise<void> {
	try {
		const service = await starting;
		const { apiUrl, ossUrl, seed } = service;
		process.stdout.write(`${JSON.stringify({ apiUrl, ossUrl, seed })}\n`);
		const stopShowing = verbose ? showCalls(service) : () => {};
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			process.once(signal, () => {
				stopShowing();
				void service.close();
			});
		}
	} catch (error) {
		process.stderr.write(`${String(error)}\n`);
		process.exitCode = 1;
	}
}
