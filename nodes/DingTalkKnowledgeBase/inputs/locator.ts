import type { IExecuteFunctions } from 'n8n-workflow';

import * as shared from '../../shared/locator';

export type Locator = shared.Locator;

const LABEL = 'An ID or link';

const LINK = /^https?:\/\//i;
const LINK_WITHOUT_SCHEME = /^(?:[\w-]+\.)*dingtalk\.(?:com|io)\//i;
const ID = /^[\w-]+$/;

/** Reads a resource locator. Links and IDs are recognized in either mode. */
export function readLocator(context: IExecuteFunctions, name: string, itemIndex: number): Locator {
	return inRightMode(shared.readLocator(context, name, itemIndex, LABEL));
}

/** Does the same for a given value. */
export function locatorOf(given: unknown): Locator {
	return inRightMode(shared.locatorOf(given, LABEL));
}

/** Corrects the mode of a link or an ID that was pasted into the wrong one. */
function inRightMode({ mode, value }: Locator): Locator {
	if (LINK.test(value)) return { mode: 'url', value };
	if (LINK_WITHOUT_SCHEME.test(value)) return { mode: 'url', value: `https://${value}` };
	return mode === 'url' && ID.test(value) ? { mode: 'id', value } : { mode, value };
}
