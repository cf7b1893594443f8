import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { installN8n, type N8nLine } from '../n8n';
import { npm, projectFolder } from '../n8n/process';

/** What runs the nodes in n8n's engine, or uses what n8n gives them. */
const SUITES = ['test/engine/', 'test/nodes/', 'test/credentials/', 'test/examples.test.ts'];

const say = (line: string) => void process.stdout.write(`${line}\n`);

/**
 * Runs the tests of the nodes in the engine of another n8n than the project's own, one that
 * `npm run test:n8n` knows: `npm run test:engine -- 1.123 [file …]`.
 */
async function main(): Promise<number> {
	const [line = '1.123', ...files] = process.argv.slice(2);
	const { folder, version, coreVersion } = await installN8n({ log: say, line: line as N8nLine });
	await npm('npm run build', ['run', 'build'], { cwd: projectFolder });
	say(`The nodes in the engine of n8n ${version} (n8n-core ${coreVersion})`);
	const what = files.length > 0 ? files : ['--project', 'fast', ...SUITES];
	const vitest = join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs');
	const { status } = spawnSync(process.execPath, [vitest, 'run', ...what], {
		cwd: projectFolder,
		env: { ...process.env, N8N_OF_ENGINE: folder },
		stdio: 'inherit',
	});
	return status ?? 1;
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
