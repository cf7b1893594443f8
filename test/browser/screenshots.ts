import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { projectFolder } from '../n8n/process';

/** Takes the picture of what the page shows now, for the documents. */
export type Shoot = (name: string) => Promise<void>;

/** n8n's pop-up notices cover other things for a while. */
const WITHOUT_NOTICES = '.el-notification { display: none !important; }';

/** Whether nothing moves any more, no button is busy and the fonts are there. */
const AT_REST = `
	document.fonts.status === 'loaded' &&
	![...document.querySelectorAll('button [class*="loading-container"]')].some((spinner) =>
		spinner.checkVisibility()) &&
	document.getAnimations().every((animation) =>
		animation.playState !== 'running' ||
		animation.effect.getComputedTiming().endTime === Infinity)`;

/** @param wanted without it nothing is written */
export function screenshots(page: Page, wanted: boolean): Shoot {
	return async (name) => {
		if (!wanted) return;
		const folder = join(projectFolder, 'docs', 'images');
		await mkdir(folder, { recursive: true });
		await page.waitForFunction(AT_REST);
		await page.screenshot({
			path: join(folder, `${name}.png`),
			style: WITHOUT_NOTICES,
			animations: 'disabled',
			caret: 'hide',
		});
	};
}
