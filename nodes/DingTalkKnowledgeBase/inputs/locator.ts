import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { readText } from '../../shared/options';

export interface Locator {
	mode: string;
	/** Trimmed; empty when nothing is chosen. */
	value: string;
}

const LINK = /^https?:\/\//i;
const LINK_WITHOUT_SCHEME = /^(?:[\w-]+\.)*dingtalk\.(?:com|io)\//i;
const ID = /^[\w-]+$/;

/** A resource locator's mode and text; an expression may also give the bare text. */
export function readLocator(context: IExecuteFunctions, name: string, itemIndex: number): Locator {
	return locatorOf(context.getNodeParameter(name, itemIndex, ''));
}

/** The same for a value at hand. */
export function locatorOf(given: unknown): Locator {
	const isLocator = typeof given === 'object' && given !== null && 'value' in given;
	const { mode, value } = isLocator
		? (given as INodeParameterResourceLocator)
		: { mode: 'id', value: given };
	return inRightMode({ mode, value: readText(value, 'An id or link') ?? '' });
}

/** A link is a link and an id an id, whichever mode they were pasted into. */
function inRightMode({ mode, value }: Locator): Locator {
	if (LINK.test(value)) return { mode: 'url', value };
	if (LINK_WITHOUT_SCHEME.test(value)) return { mode: 'url', value: `https://${value}` };
	return mode === 'url' && ID.test(value) ? { mode: 'id', value } : { mode, value };
}
