import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const require = createRequire(join(process.cwd(), 'package.json'));

export default defineConfig({
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['test/nodes/**/*.test.ts', 'test/credentials/**/*.test.ts'],
		exclude: ['test/**/*.proof.test.ts'],
		env: { FC_TIMES: '0.5' },
		isolate: false,
		testTimeout: 60_000,
		hookTimeout: 60_000,
		expect: { poll: { timeout: 60_000, interval: 10 } },
		setupFiles: ['./test/fast-check.setup.ts'],
	},
});
