import { defineConfig, mergeConfig } from 'vitest/config';

import { shared } from '../../vitest.config.mts';

/** Stryker runs all in one thread: what reads the sources as text, or starts processes, is left out. */
export default mergeConfig(
	shared,
	defineConfig({
		test: {
			include: ['test/nodes/**/*.test.ts', 'test/credentials/**/*.test.ts'],
			exclude: ['test/**/*.proof.test.ts'],
			env: { FC_TIMES: '0.5' },
			isolate: false,
			reporters: [],
		},
	}),
);
