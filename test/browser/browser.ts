import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium, selectors, type BrowserContext, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where Chrome is on systems that have no programs on the PATH. */
const APPS = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
		join(process.env[name] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
	),
];

/** The screenshots show names in Chinese, so fonts for them are asked for too. */
export const HOW_TO_INSTALL = `No Chromium or Chrome was found. Install one:
  Debian, Ubuntu   apt-get install -y chromium fonts-noto-cjk
  macOS            brew install --cask google-chrome
or set CHROMIUM_PATH to the program of a Chromium, Chrome or Edge.`;

/** The browser's program; undefined when there is none. */
export function findBrowser(): string | undefined {
	const chosen = process.env.CHROMIUM_PATH;
	if (chosen) {
		if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH: there is no file ${chosen}`);
		return chosen;
	}
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [...onPath, ...APPS].find((path) => existsSync(path));
}

/** Chromium asks its makers' hosts for news at every start; a test needs none of that. */
const QUIET = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Opens a headless browser that keeps its files in `folder`, with one page. */
export async function openBrowser(
	executablePath: string,
	folder: string,
): Promise<{ page: Page; context: BrowserContext }> {
	selectors.setTestIdAttribute('data-test-id');
	const context = await chromium.launchPersistentContext(folder, {
		executablePath,
		headless: true,
		args: QUIET,
		env: { ...process.env, HOME: folder } as Record<string, string>,
		viewport: { width: 1280, height: 800 },
		colorScheme: 'light',
		locale: 'en-US',
		timezoneId: 'UTC',
	});
	context.setDefaultTimeout(30_000);
	// The editor's pages are many megabytes of script.
	context.setDefaultNavigationTimeout(180_000);
	const page = context.pages()[0] ?? (await context.newPage());
	return { page, context };
}
