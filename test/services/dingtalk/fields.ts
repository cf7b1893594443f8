import { checkFields as check, type Field, pageFrom } from '../core/fields';
import { missing, paramError } from './errors';

/** The value as an object holding only known fields of the right types. */
export function checkFields(
	value: unknown,
	fields: Record<string, Field>,
	where = 'body',
): Record<string, unknown> {
	return check(value, fields, where, paramError);
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

/** One page of a list; the token is absent on the last page. */
export function page<T>(
	all: T[],
	size: number,
	token: unknown,
): { items: T[]; nextToken?: string } {
	const found = pageFrom(all, size, typeof token === 'string' ? token : '');
	if (!found) throw paramError('nextToken is not one of ours');
	const { items, next } = found;
	return { items, ...(next && { nextToken: next }) };
}
