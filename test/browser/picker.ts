import type { Locator } from 'playwright-core';

import type { Editor } from './editor';

/** A field of the node that is chosen from a list, by link or by id. */
export class Picker {
	private readonly field: Locator;

	constructor(
		private readonly editor: Editor,
		parameter: string,
	) {
		this.field = editor.get(`resource-locator-${parameter}`);
	}

	async open(): Promise<void> {
		await this.field.getByTestId('rlc-input').click();
	}

	/** Closes the list by a click beside it, without choosing. */
	async close(): Promise<void> {
		await this.editor.get('tab-params').click();
		const content = '[data-test-id=rlc-item]:visible, [data-test-id=rlc-error-container]:visible';
		await this.editor.page.locator(content).first().waitFor({ state: 'hidden' });
	}

	/** What the open list says instead of entries. */
	async error(): Promise<string> {
		const error = this.editor.page.locator('[data-test-id=rlc-error-container]:visible');
		return await error.innerText();
	}

	async search(text: string): Promise<void> {
		await this.editor.page.locator('[data-test-id=rlc-search]:visible').fill(text);
	}

	/** The entries of the open list that are loaded. */
	get entries(): Locator {
		return this.editor.page.locator('[data-test-id=rlc-item]:visible');
	}

	async names(): Promise<string[]> {
		const names = await this.entries.allInnerTexts();
		return names.map((name) => name.trim());
	}

	async scrollToEnd(): Promise<void> {
		await this.entries.last().scrollIntoViewIfNeeded();
	}

	async scrollToStart(): Promise<void> {
		await this.entries.first().scrollIntoViewIfNeeded();
	}

	async pick(name: string): Promise<void> {
		await this.entries.filter({ has: this.editor.page.getByText(name, { exact: true }) }).click();
		await this.entries.first().waitFor({ state: 'hidden' });
	}

	/** What the closed field shows. */
	async shown(): Promise<string> {
		return await this.field.getByTestId('rlc-input').inputValue();
	}

	/**
	 * Types an id instead of choosing from the list. n8n takes typed text over a moment later, and
	 * then saves the workflow: a run before that would have the old value.
	 */
	async setId(id: string): Promise<void> {
		await this.editor.choose(this.field.getByTestId('rlc-mode-selector'), 'By ID');
		const taken = this.editor.page.waitForRequest(
			(request) => request.method() === 'PATCH' && request.postData()?.includes(id) === true,
		);
		await this.field.getByTestId('rlc-input').fill(id);
		await taken;
	}
}
