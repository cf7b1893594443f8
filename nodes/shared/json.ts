import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object with fields, not a list or null. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Removes unset fields from a body, because the services take null for a value. */
export function defined(fields: IDataObject): IDataObject {
	const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(set);
}

/** Parses JSON. @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Maximum nesting of objects; the responses of the services have a handful of levels. */
const DEEPEST = 100;

/**
 * Parses a JSON object.
 *
 * @returns undefined when the text is not a JSON object, or is nested deeper than any service
 * sends: n8n walks through items recursively and would run out of stack
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
