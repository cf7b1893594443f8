import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { cacheFolder, projectFolder } from '../n8n/process';
import { findBrowser, HOW_TO_INSTALL, openBrowser } from './browser';
import { Editor } from './editor';
import { sceneOf, type Scene } from './scene';
import { screenshots } from './screenshots';
import { openServers, type Servers } from './servers';
import { STEPS } from './steps';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const KNOWN_OPTIONS = ['--screenshots', '--if-available'];

/**
 * Uses the nodes in the editor of a real n8n as a person would. `--screenshots` also writes the
 * pictures of the documents; with `--if-available` a missing browser is no failure.
 */
async function main(options: string[]): Promise<boolean> {
	const unknown = options.filter((option) => !KNOWN_OPTIONS.includes(option));
	if (unknown.length > 0) {
		throw new Error(`Known are ${KNOWN_OPTIONS.join(' and ')}, not ${unknown.join(' ')}`);
	}
	const browser = findBrowser();
	if (!browser) {
		const skip = options.includes('--if-available');
		say(skip ? `Browser test skipped. ${HOW_TO_INSTALL}` : HOW_TO_INSTALL);
		return skip;
	}
	const servers = await openServers(say);
	try {
		return await play(servers, browser, options.includes('--screenshots'));
	} finally {
		await servers.close();
	}
}

/** Plays all steps on the servers. */
async function play(servers: Servers, browser: string, pictures: boolean) {
	const folder = join(cacheFolder, 'n8n-browser', 'browser');
	const { page, context } = await openBrowser(browser, folder);
	try {
		const scene = sceneOf(new Editor(page, servers.n8n), servers, screenshots(page, pictures));
		const passed = await playSteps(scene);
		const notRun = STEPS.length - passed - 1;
		const rest = notRun > 0 ? `, ${notRun} not run` : '';
		const failed = passed < STEPS.length ? 1 : 0;
		say(`${passed} passed, ${failed} failed${rest}`);
		return failed === 0;
	} finally {
		await context.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Stops at the first step that fails: those after it start where it should have ended.
 * @returns how many passed
 */
async function playSteps(scene: Scene): Promise<number> {
	for (const [index, [name, run]] of STEPS.entries()) {
		const started = Date.now();
		const took = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
		try {
			await run(scene);
			say(`ok     ${name} (${took()})`);
		} catch (error) {
			const picture = join(cacheFolder, 'n8n-browser', 'failed.png');
			await scene.editor.page.screenshot({ path: picture }).catch(() => {});
			say(`FAILED ${name} (${took()})`);
			say(`  ${messageOf(error).replaceAll('\n', '\n  ')}`);
			say(`  What the page showed: ${relative(projectFolder, picture)}`);
			return index;
		}
	}
	return STEPS.length;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

// So that what runs for the test is stopped too: n8n and the browser end with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => process.exit(130));
}

main(process.argv.slice(2)).then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: unknown) => {
		process.stderr.write(`${messageOf(error)}\n`);
		process.exit(1);
	},
);
