import { missing, paramError } from './errors';

type Type = 'string' | 'number' | 'boolean' | 'object' | 'array';

/** A field the service knows: its type, whether it must be there, the values it may have. */
export interface Field {
	type: Type;
	required?: boolean;
	oneOf?: readonly string[];
	/** True when the official page has a `paramError.<field>` code for it. */
	ownCode?: boolean;
}

function typeOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * The value as an object holding only known fields of the right types.
 * The live service may ignore a field it does not know (UNCONFIRMED); this one refuses, so that
 * a misspelt or misplaced field cannot go unnoticed.
 */
export function checkFields(
	value: unknown,
	fields: Record<string, Field>,
	where = 'body',
): Record<string, unknown> {
	if (value === null || typeOf(value) !== 'object') throw paramError(`${where} is not an object`);
	const object = value as Record<string, unknown>;
	for (const name of Object.keys(object)) {
		if (!Object.hasOwn(fields, name)) throw paramError(`unknown field ${where}.${name}`);
	}
	for (const [name, field] of Object.entries(fields)) {
		const code = field.ownCode ? name : undefined;
		const given = object[name];
		if (given === undefined || (field.required && given === '')) {
			if (field.required) throw paramError(`${where}.${name} is required`, code);
			continue;
		}
		if (typeOf(given) !== field.type) {
			throw paramError(`${where}.${name} is not of type ${field.type}`, code);
		}
		if (field.type === 'number' && !(Number.isInteger(given) && (given as number) >= 0)) {
			throw paramError(`${where}.${name} is not a whole number`, code);
		}
		if (field.oneOf && !field.oneOf.includes(given as string)) {
			throw paramError(`${where}.${name} is none of ${field.oneOf.join(', ')}`, code);
		}
	}
	return object;
}

/** A query parameter the call cannot do without. */
export function requiredQuery(query: Record<string, string>, name: string): string {
	const value = query[name];
	if (!value) throw missing(name);
	return value;
}

/** The page size asked for, between 1 and the most the call gives. */
export function pageSize(value: unknown, most: number): number {
	if (value === undefined || value === '') return most;
	const size = Number(value);
	if (!Number.isInteger(size) || size < 1 || size > most) {
		throw paramError(`maxResults must be between 1 and ${most}`);
	}
	return size;
}

/** One page of a list; the token is opaque to callers and absent on the last page. */
export function page<T>(
	all: T[],
	size: number,
	token: unknown,
): { items: T[]; nextToken?: string } {
	let start = 0;
	if (typeof token === 'string' && token !== '') {
		start = Number(
			Buffer.from(token, 'base64url')
				.toString()
				.replace(/^from:/, ''),
		);
		if (!Number.isInteger(start)) throw paramError('nextToken is not one of ours');
	}
	const end = start + size;
	const more = end < all.length;
	return {
		items: all.slice(start, end),
		...(more && { nextToken: Buffer.from(`from:${end}`).toString('base64url') }),
	};
}
