import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { badInput } from './errors';

const DEFAULT_TIMEOUT = 120_000;

/** The field's own limit, which does not bind expressions. */
const MOST_AT_A_TIME = 64;

/** The collection "Options" of an item; nothing where there is no such item. */
export function optionsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	if (itemIndex >= context.getInputData().length) return {};
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** What runs at a time; one pool serves all items, so the first item's option counts. */
export function concurrencyOf(context: IExecuteFunctions, byDefault: number): number {
	const { maxConcurrency } = optionsOf(context, 0);
	const wanted = Math.floor(Number(maxConcurrency) || byDefault);
	return Math.min(Math.max(1, wanted), MOST_AT_A_TIME);
}

/** Milliseconds without progress. */
export function timeoutOf(options: IDataObject): number {
	const timeout = Number(options.timeout);
	return timeout > 0 ? timeout : DEFAULT_TIMEOUT;
}

/**
 * An option that is a text; expressions may give anything.
 *
 * @param label the option's name in the editor
 * @returns undefined when it is not given, or empty
 * @throws {UploadError} for an object or a list, which would become "[object Object]", and for half
 * characters, which no service can store
 */
export function readText(value: unknown, label: string, { trim = true } = {}): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string' || typeof value === 'number') {
		const text = trim ? String(value).trim() : String(value);
		if (hasHalfCharacter(text)) throw halfCharacter(`"${label}"`);
		return text || undefined;
	}
	throw badInput(
		`"${label}" is not a text`,
		`An expression gave ${Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`}. Choose one of its fields, or turn it into a text.`,
	);
}

/** Whether half of a surrogate pair stands alone, which is no Unicode. */
export function hasHalfCharacter(text: string): boolean {
	return /\p{Surrogate}/u.test(text);
}

function halfCharacter(what: string) {
	return badInput(
		`${what} has half a character`,
		'An expression has cut the text inside of a character such as an emoji. Cut it elsewhere.',
	);
}

/** An option that is on or off. @throws {UploadError} for anything else */
export function readFlag(value: unknown, label: string): boolean | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw badInput(`"${label}" is neither true nor false`, 'Correct the expression.');
}

/** An option that is one of several values. @throws {UploadError} for anything else */
export function readChoice<Choice extends string>(
	value: unknown,
	label: string,
	choices: readonly Choice[],
): Choice | undefined {
	const text = readText(value, label);
	if (text === undefined) return undefined;
	const choice = choices.find((each) => each === text);
	if (choice) return choice;
	throw badInput(`"${label}" cannot be "${text}"`, `Choose one of ${choices.join(', ')}.`);
}
