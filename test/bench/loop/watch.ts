import { build } from 'esbuild';
import { join } from 'node:path';

import { call } from '../../measure/local-process';
import { projectFolder } from '../../measure/places';
import { holdPort } from '../../services/core/ports';

/** How late timers were: milliseconds. */
export interface LoopDelay {
	p50: number;
	p99: number;
	max: number;
}

/** What was seen of a process while it was watched. */
export interface Watched {
	delay: LoopDelay;
	/** Processor time of all its threads, the garbage collector's too: milliseconds. */
	processor: number;
}

/** The event loop of another process of Node.js. */
export interface LoopWatch {
	/** What the process has to be started with. */
	env: Record<string, string>;
	/** Forgets what was, garbage included, and watches from now on. */
	begin(): Promise<void>;
	/** What there was since then. */
	end(): Promise<Watched>;
}

/** Prepares to watch a process that is started later. @param folder for what is loaded into it */
export async function prepareLoopWatch(folder: string): Promise<LoopWatch> {
	const outfile = join(folder, 'monitor.cjs');
	// n8n's Node.js may be older than what reads TypeScript.
	const entryPoints = [join(projectFolder, 'test', 'bench', 'loop', 'monitor.ts')];
	await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20' });
	const port = String(await holdPort());
	const url = `http://127.0.0.1:${port}`;
	return {
		env: { NODE_OPTIONS: `--require=${JSON.stringify(outfile)}`, BENCH_LOOP_PORT: port },
		begin: async () => void (await call(`${url}/begin`)),
		end: async () => await call<Watched>(`${url}/end`),
	};
}
