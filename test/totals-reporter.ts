import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one plain line that scripts can add up: `N passed, N failed`. */
export default class TotalsReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
		const states = modules.flatMap((module) => [
			...[...module.children.allTests()].map((test) => test.result().state),
			// A file that does not even load has no tests to fail.
			...(module.errors().length > 0 ? ['failed'] : []),
		]);
		const failed = states.filter((state) => state === 'failed').length + errors.length;
		const passed = states.filter((state) => state === 'passed').length;
		process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
	}
}
