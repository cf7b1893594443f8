import type { IExecuteFunctions } from 'n8n-workflow';

import * as shared from '../../shared/locator';

export type Locator = shared.Locator;

const LABEL = 'An id or link';

const LINK = /^https?:\/\//i;
const LINK_WITHOUT_SCHEME = /^(?:[\w-]+\.)*dingtalk\.(?:com|io)\//i;
const ID = /^[\w-]+$/;

/** A resource locator's mode and text, where each is taken for what it is. */
export function readLocator(context: IExecuteFunctions, name: string, itemIndex: number): Locator {
	return inRightMode(shared.readLocator(context, name, itemIndex, LABEL));
}

/** The same for a value at hand. */
export function locatorOf(given: unknown): Locator {
	return inRightMode(shared.locatorOf(given, LABEL));
}

/** A link is a link and an id an id, whichever mode they were pasted into. */
function inRightMode({ mode, value }: Locator): Locator {
	if (LINK.test(value)) return { mode: 'url', value };
	if (LINK_WITHOUT_SCHEME.test(value)) return { mode: 'url', value: `https://${value}` };
	return mode === 'url' && ID.test(value) ? { mode: 'id', value } : { mode, value };
}
