import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

export interface Locator {
	mode: string;
	/** Trimmed; empty when nothing is chosen. */
	value: string;
}

/** A resource locator's mode and text; an expression may also give the bare text. */
export function readLocator(context: IExecuteFunctions, name: string, itemIndex: number): Locator {
	return locatorOf(context.getNodeParameter(name, itemIndex, ''));
}

/** The same for a value at hand; a bare link counts as mode `url`. */
export function locatorOf(given: unknown): Locator {
	const isLocator = typeof given === 'object' && given !== null && 'value' in given;
	const value = String(
		(isLocator ? (given as INodeParameterResourceLocator).value : given) ?? '',
	).trim();
	const isLink = /^https?:\/\//i.test(value);
	if (!isLocator) return { mode: isLink ? 'url' : 'id', value };
	return { mode: (given as INodeParameterResourceLocator).mode, value };
}
