import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one plain line that scripts can add up: `N passed, N failed`. Before it stand
 * the tests that were left out for a reason, each with its own.
 */
export default class TotalsReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
		const lines: string[] = [];
		let passed = 0;
		let failed = errors.length;
		for (const module of modules) {
			// A file that does not even load has no tests to fail.
			if (module.errors().length > 0) failed++;
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') passed++;
				if (result.state === 'failed') failed++;
				if (result.state === 'skipped' && result.note !== undefined) {
					lines.push(`Left out: ${test.fullName} (${result.note})`);
				}
			}
		}
		lines.push(`${passed} passed, ${failed} failed`);
		process.stdout.write(`\n${lines.join('\n')}\n`);
	}
}
