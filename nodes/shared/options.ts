import { badInput } from './errors';

/**
 * An option that is a number of something, 1 or more.
 *
 * @returns undefined when it is not given, or 0: the default is meant
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
		'Enter a number that is 1 or more, or remove the option to have the default.',
	);
}

/**
 * An option that is a text; expressions may give anything.
 *
 * @param label the option's name in the editor
 * @returns undefined when it is not given, or empty
 * @throws {UploadError} for an object or a list, which would become "[object Object]", for numbers that
 * JavaScript cannot hold exactly, and for half characters, which no service can store
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
		`"${label}" is not a text`,
		`An expression gave ${Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`}. Choose one of its fields, or turn it into a text.`,
	);
}

/** Numbers with more than 15 digits lose some of them, and an id of the rest is another one's. */
function isInexact(value: unknown): value is number {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function inexact(value: number, label: string) {
	return badInput(
		`"${label}" is a number that is not exact: ${value}`,
		'Numbers with more than 15 digits lose some of them on their way through JSON. Have the node that gives it put it out as a text.',
	);
}

/** Whether half of a surrogate pair stands alone, which is no Unicode. */
export function hasHalfCharacter(text: string): boolean {
	return /\p{Surrogate}/u.test(text);
}

/** Whether a text has a character that controls a terminal or ends a text: no name has one. */
export function hasControlCharacter(text: string): boolean {
	return /\p{Cc}/u.test(text);
}

export function halfCharacter(what: string) {
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
