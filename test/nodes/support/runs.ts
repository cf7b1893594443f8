import { env } from 'node:process';

/** How often a property is tried; `FC_TIMES=20` looks twenty times as long. */
export function runs(usual: number): { numRuns: number } {
	return { numRuns: Math.ceil(usual * Number(env.FC_TIMES || 1)) };
}
