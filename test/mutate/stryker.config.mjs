/** Stryker over the sources, with the tests that run the built node in n8n's engine. */
export default {
	plugins: ['@stryker-mutator/vitest-runner', './test/mutate/one-in.mjs'],
	testRunner: 'vitest',
	// The engine loads dist/, which no import leads to: every test may be related.
	vitest: { configFile: 'test/mutate/vitest.config.mts', related: false },
	buildCommand: 'npm run --silent build',
	disableTypeChecks: '{nodes,credentials}/**/*.ts',
	coverageAnalysis: 'perTest',
	// What is run before the first test only; texts and tables, which would need every test.
	ignoreStatic: true,
	concurrency: 2,
	tempDirName: '.cache/stryker',
	ignorePatterns: ['dist', '.cache', 'docs/images'],
	dryRunTimeoutMinutes: 30,
	timeoutMS: 60_000,
	reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
	htmlReporter: { fileName: '.cache/mutants.html' },
	jsonReporter: { fileName: '.cache/mutants.json' },
	clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
	allowConsoleColors: false,
	warnings: { slow: false },
};
