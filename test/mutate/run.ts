import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const projectFolder = join(__dirname, '..', '..');

/**
 * Changes the sources in one place after the other and looks which changes no test notices:
 * `npm run mutate -- nodes/shared/retry.ts …`. For all sources, `--one-in 100` takes a sample, and
 * `--seed` another one.
 */
function main(): number {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			'one-in': { type: 'string', default: '1' },
			seed: { type: 'string', default: '' },
		},
	});
	const files = positionals.length > 0 ? positionals : ['nodes/**/*.ts', 'credentials/**/*.ts'];
	const { 'one-in': oneIn, seed } = values;
	const stryker = join(projectFolder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
	const checkers = oneIn === '1' ? [] : ['--checkers', 'one-in'];
	const args = ['run', 'test/mutate/stryker.config.mjs', '--mutate', files.join(','), ...checkers];
	const { status } = spawnSync(process.execPath, [stryker, ...args], {
		cwd: projectFolder,
		env: { ...process.env, ONE_IN: oneIn, SEED: seed },
		stdio: 'inherit',
	});
	return status ?? 1;
}

process.exit(main());
