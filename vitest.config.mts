import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
	// The copy that n8n's engine uses; with the other one `instanceof` would fail between the two.
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['test/**/*.test.ts'],
		exclude: ['test/n8n/**', '.cache/**', 'node_modules/**'],
		// The nodes run in n8n's own engine, which keeps state in its process.
		pool: 'forks',
		maxWorkers: '100%',
		testTimeout: 30_000,
		hookTimeout: 30_000,
		setupFiles: ['./test/fast-check.setup.ts'],
		reporters: ['default', './test/totals-reporter.ts'],
	},
});
