import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';

// Another n8n than the project's own: `npm run test:engine`.
const otherN8n = process.env.N8N_OF_ENGINE;
const require = createRequire(join(otherN8n ?? import.meta.dirname, 'package.json'));

/** The slow ring: what needs minutes to be proved. All else is the fast one. */
const PROOFS = ['test/fault-matrix/**/*.test.ts', 'test/**/*.proof.test.ts'];

const NEVER = ['test/n8n/**', '.cache/**', 'node_modules/**'];

/** Nothing is expected to be fast: so long may it take on a machine that is busy with other things. */
const MINUTES = 10;

/** What holds for all projects, and for the mutants of `npm run mutate`. */
export const shared = defineConfig({
	// The copy that n8n's engine uses; with the other one `instanceof` would fail between the two.
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		testTimeout: MINUTES * 60_000,
		hookTimeout: MINUTES * 60_000,
		expect: { poll: { timeout: (MINUTES / 2) * 60_000, interval: 10 } },
		setupFiles: [
			'./test/fast-check.setup.ts',
			...(otherN8n ? ['./test/engine/built-nodes.setup.ts'] : []),
		],
	},
});

export default mergeConfig(
	shared,
	defineConfig({
		test: {
			projects: [
				{
					extends: true,
					test: {
						name: 'fast',
						include: ['test/**/*.test.ts'],
						exclude: [...PROOFS, ...NEVER],
						env: cases(1 / 4),
						// Most of a file's time is waiting, so that a core can serve several.
						maxWorkers: Math.ceil(2.5 * availableParallelism()),
						// Loading n8n's engine takes longer than most files do: once per worker is enough.
						isolate: false,
					},
				},
				{
					extends: true,
					test: {
						name: 'proof',
						include: [...PROOFS, ...propertyTests()],
						exclude: NEVER,
						env: cases(2),
						maxWorkers: availableParallelism(),
						// After the fast ring, where both run.
						sequence: { groupOrder: 1 },
					},
				},
			],
			// The nodes run in n8n's own engine, which keeps state in its process.
			pool: 'forks',
			reporters: ['default', './test/totals-reporter.ts'],
		},
	}),
);

/** How many of a property's usual cases are tried, unless the caller tells. */
function cases(times: number) {
	return { FC_TIMES: process.env.FC_TIMES ?? String(times) };
}

/** The files whose properties both rings try. */
function propertyTests(): string[] {
	const files = readdirSync('test', { recursive: true, encoding: 'utf8' });
	return files
		.filter((file) => file.endsWith('.test.ts'))
		.map((file) => `test/${file.replaceAll('\\', '/')}`)
		.filter((file) => readFileSync(file, 'utf8').includes("/support/runs'"));
}
