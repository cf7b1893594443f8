import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object with fields: no list, no null. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Unset fields are left out of a body: the services take null for a value. */
export function defined(fields: IDataObject): IDataObject {
	const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(set);
}

/** The token of the next page; a service that repeats itself has no next page. */
export function nextPage(token: unknown, current: string | undefined): string {
	return typeof token === 'string' && token !== current ? token : '';
}

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Levels of objects in objects; the answers of the services have a handful. */
const DEEPEST = 100;

/**
 * @returns undefined when the text is not a JSON object, or a deeper one than any service gives: n8n
 * walks through items level by level and would run out of stack
 */
export function parseObject(text: string): IDataObject | undefined {
	const value = parseJson(text);
	return isObject(value) && !isTooDeep(value) ? value : undefined;
}

function isTooDeep(root: object): boolean {
	let level: unknown[] = [root];
	for (let depth = 0; depth <= DEEPEST; depth++) {
		level = level.flatMap((value) =>
			typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
		);
		if (level.length === 0) return false;
	}
	return true;
}

/** A text of an answer that says something; a number is one as well. */
export function textIn(value: unknown): string | undefined {
	const isText = typeof value === 'string' || typeof value === 'number';
	return isText && value !== '' ? String(value) : undefined;
}

/**
 * An id of an answer, which writes some as numbers. One that JSON cannot hold exactly would be
 * another one's id.
 *
 * @returns undefined when there is none that can be used
 */
export function idIn(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Seconds; nothing that the services give lives longer. */
const LONGEST_LIFE = 365 * 24 * 3_600;

/** The seconds that something lives, as an answer tells. */
export function lifeIn(value: unknown, byDefault: number): number {
	const seconds = Number(textIn(value));
	return seconds > 0 ? Math.min(seconds, LONGEST_LIFE) : byDefault;
}

/** A token as an answer gives it; it has to fit into a header. */
export function tokenIn(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}
