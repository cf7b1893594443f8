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
