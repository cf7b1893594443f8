import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

const DEFAULT_TIMEOUT = 120_000;

/** The collection "Options" of an item. */
export function optionsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** What runs at a time; one pool serves all items, so the first item's option counts. */
export function concurrencyOf(context: IExecuteFunctions, byDefault: number): number {
	const { maxConcurrency } = context.getInputData().length > 0 ? optionsOf(context, 0) : {};
	return Math.max(1, Math.floor(Number(maxConcurrency) || byDefault));
}

/** Milliseconds without progress. */
export function timeoutOf(options: IDataObject): number {
	const timeout = Number(options.timeout);
	return timeout > 0 ? timeout : DEFAULT_TIMEOUT;
}
