export const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** A resource locator's value. */
export function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}
