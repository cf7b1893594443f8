type Type = 'string' | 'number' | 'boolean' | 'object' | 'array';

/** A field a service knows: its type, whether it must be there, the values it may have. */
export interface Field {
	type: Type;
	required?: boolean;
	oneOf?: readonly string[];
	/** True when the official page has a code of its own for it. */
	ownCode?: boolean;
}

function typeOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : typeof value;
}

/** What is wrong with a value of this field, if anything. */
function problemOf(given: unknown, { type, required, oneOf }: Field): string | undefined {
	if (given === undefined || (required && given === '')) {
		return required ? 'is required' : undefined;
	}
	if (typeOf(given) !== type) return `is not of type ${type}`;
	if (type === 'number' && !(Number.isInteger(given) && (given as number) >= 0)) {
		return 'is not a whole number';
	}
	if (oneOf && !oneOf.includes(given as string)) return `is none of ${oneOf.join(', ')}`;
	return undefined;
}

/**
 * The value as an object holding only known fields of the right types.
 * The live services may ignore a field they do not know (UNCONFIRMED); these refuse, so that
 * a misspelt or misplaced field cannot go unnoticed.
 *
 * @param refusal makes the service's error; `field` is one with a code of its own
 */
export function checkFields(
	value: unknown,
	fields: Record<string, Field>,
	where: string,
	refusal: (message: string, field?: string) => Error,
): Record<string, unknown> {
	if (value === null || typeOf(value) !== 'object') throw refusal(`${where} is not an object`);
	const object = value as Record<string, unknown>;
	for (const name of Object.keys(object)) {
		if (!Object.hasOwn(fields, name)) throw refusal(`unknown field ${where}.${name}`);
	}
	for (const [name, field] of Object.entries(fields)) {
		const problem = problemOf(object[name], field);
		if (problem) throw refusal(`${where}.${name} ${problem}`, field.ownCode ? name : undefined);
	}
	return object;
}

/**
 * One page of a list, and the token of the next, '' on the last; the token is opaque to callers.
 * Undefined for a token that is none of ours.
 */
export function pageFrom<T>(
	all: T[],
	size: number,
	token: string,
): { items: T[]; next: string } | undefined {
	const [, from] = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
	if (token !== '' && from === undefined) return undefined;
	const start = Number(from ?? 0);
	const end = start + size;
	const next = end < all.length ? Buffer.from(`from:${end}`).toString('base64url') : '';
	return { items: all.slice(start, end), next };
}
