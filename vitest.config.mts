import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		exclude: ['test/n8n/**', '.cache/**', 'node_modules/**'],
		// The nodes run in n8n's own engine, which keeps state in its process.
		pool: 'forks',
		testTimeout: 30_000,
		hookTimeout: 30_000,
		reporters: ['default', './test/totals-reporter.ts'],
	},
});
