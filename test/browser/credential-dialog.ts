import type { Locator } from 'playwright-core';

import type { Editor } from './editor';

/** The dialog of the DingTalk API credential. */
export class CredentialDialog {
	private readonly dialog: Locator;

	constructor(private readonly editor: Editor) {
		this.dialog = editor.get('editCredential-modal');
	}

	/** From the node that has no credential yet. */
	async openNew(): Promise<void> {
		await this.editor.get('node-credentials-empty-state').getByRole('button').click();
		await this.dialog.waitFor();
	}

	/** The credential that the node uses. n8n tests it as it opens. */
	async openAgain(): Promise<void> {
		await this.editor.get('credential-edit-button').click();
		await this.dialog.waitFor();
	}

	async chooseRegion(label: string): Promise<void> {
		await this.editor.choose(this.dialog.getByTestId('parameter-input-region'), label);
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) await this.input(name).fill(value);
	}

	input(name: string): Locator {
		return this.dialog.getByTestId(`parameter-input-${name}`).locator('input');
	}

	/** n8n tests the credential next. */
	async save(): Promise<void> {
		await this.editor.get('credential-save-button').click();
	}

	/** Of a credential that was there before: n8n keeps its dialog open. */
	async waitUntilSaved(): Promise<void> {
		await this.dialog.getByText('Saved', { exact: true }).waitFor();
	}

	/** Shows the dialog from its first line on. */
	async scrollToStart(): Promise<void> {
		await this.dialog.getByText('for setup instructions').scrollIntoViewIfNeeded();
	}

	/** Opens the explanation of a failed test and gives all that the dialog says. */
	async refusal(): Promise<string> {
		await this.dialog.getByText('More details').click();
		await this.dialog.getByText('More details').waitFor({ state: 'hidden' });
		return await this.dialog.innerText();
	}

	/** n8n closes the dialog itself after the first successful test. */
	async waitUntilClosed(): Promise<void> {
		await this.dialog.waitFor({ state: 'hidden' });
	}

	async waitUntilTested(): Promise<void> {
		await this.editor.get('credentials-config-container-test-success').waitFor();
	}

	async close(): Promise<void> {
		await this.dialog.getByRole('button', { name: 'Close this dialog' }).click();
		await this.waitUntilClosed();
	}
}
