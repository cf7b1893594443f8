import { badInput } from './errors';

/**
 * Reads an option that counts something: 1 or more.
 *
 * @returns undefined when it is not set or 0, which means the default
 * @throws {UploadError} for anything else
 */
export function readCount(value: unknown, label: string): number | undefined {
	const text = readText(value, label);
	if (text === undefined) return undefined;
	const count = Number(text);
	if (count === 0) return undefined;
	if (count >= 1 && Number.isFinite(count)) return count;
	throw badInput(
		`"${label}" cannot be ${text}`,
		'Enter a number of 1 or more, or remove the option to use the default.',
	);
}

/**
 * Reads an option that is text; expressions may return anything.
 *
 * @param label the option's name in the editor
 * @returns undefined when it is not set or empty
 * @throws {UploadError} for an object or a list, which would become "[object Object]", for a number
 * that JavaScript cannot hold exactly, and for half a surrogate pair, which no service can store
 */
export function readText(value: unknown, label: string, { trim = true } = {}): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (isInexact(value)) throw inexact(value, label);
	if (typeof value === 'string' || typeof value === 'number') {
		const text = trim ? String(value).trim() : String(value);
		if (hasHalfCharacter(text)) throw halfCharacter(`"${label}"`);
		return text || undefined;
	}
	throw badInput(
		`"${label}" is not text`,
		`An expression returned ${Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`}. Choose one of its fields, or convert it to text.`,
	);
}

/** Whether a number may have lost digits: with more than 15, an ID may become another one. */
function isInexact(value: unknown): value is number {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function inexact(value: number, label: string) {
	return badInput(
		`"${label}" is a number that is not exact: ${value}`,
		'Numbers with more than 15 digits lose some of them in JSON. Have the node that returns it output it as text.',
	);
}

/** Whether the text contains half a surrogate pair, which is not valid Unicode. */
export function hasHalfCharacter(text: string): boolean {
	return /\p{Surrogate}/u.test(text);
}

/** Whether the text contains a control character, such as NUL or an escape. No name has one. */
export function hasControlCharacter(text: string): boolean {
	return /\p{Cc}/u.test(text);
}

export function halfCharacter(what: string) {
	return badInput(
		`${what} has half a character`,
		'An expression has cut the text inside a character such as an emoji. Cut it elsewhere.',
	);
}

/** Reads an option that is on or off. @throws {UploadError} for anything else */
export function readFlag(value: unknown, label: string): boolean | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw badInput(`"${label}" is neither true nor false`, 'Correct the expression.');
}

/** Reads an option that is one of several values. @throws {UploadError} for anything else */
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
