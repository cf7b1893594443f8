import type { Locator, Page } from 'playwright-core';

import type { RunningServer } from '../n8n';

/** n8n's editor, as a person uses it. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly server: Pick<RunningServer, 'url' | 'email' | 'password'>,
	) {}

	async logIn(): Promise<void> {
		await this.page.goto(`${this.server.url}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(this.server.email);
		await this.page.locator('input[name=password]').fill(this.server.password);
		await this.get('form-submit-button').click();
		await this.page.waitForURL(/\/(home|workflow)/);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.server.url}/workflow/${id}`);
		await this.get('canvas-node').first().waitFor();
	}

	/** Opens the nodes panel at the loose end of the workflow and searches in it. */
	async searchNodes(text: string): Promise<void> {
		await this.get('canvas-handle-plus').last().click();
		await this.get('node-creator-search-bar').fill(text);
	}

	/** The entry of a node or an operation in the nodes panel. */
	entry(name: string): Locator {
		return this.get('item-iterator-item').filter({
			has: this.page.getByText(name, { exact: true }),
		});
	}

	nodeOnCanvas(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	async openNode(name: string): Promise<void> {
		await this.nodeOnCanvas(name).dblclick();
		await this.get('node-parameters').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.get('ndv-close-button').click();
		await this.get('node-parameters').waitFor({ state: 'hidden' });
	}

	/** Chooses an entry of a drop-down list. */
	async choose(dropDown: Locator, label: string): Promise<void> {
		await dropDown.click();
		await this.page.locator('[role=option]:visible').filter({ hasText: label }).first().click();
	}

	get(testId: string): Locator {
		return this.page.getByTestId(testId);
	}
}
