import type { IDataObject } from 'n8n-workflow';

import { isObject } from './json';

/**
 * Reads an expected value from a response, which may contain anything.
 *
 * @returns undefined when the value is not there
 */
export type Decoder<T> = (value: unknown) => T | undefined;

/** The type that a decoder returns. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

type OptionalDecoder<T> = Decoder<T> & { isOptional: true };

type Fields = Record<string, Decoder<unknown>>;

type DecodedFields<F extends Fields> = {
	[Name in keyof F]: F[Name] extends OptionalDecoder<infer T> ? T | undefined : Decoded<F[Name]>;
};

/** A non-empty string, unchanged. */
export const string: Decoder<string> = (value) =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A string that may be empty. */
export const anyText: Decoder<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A string to show or compare; numbers are accepted too. */
export const text: Decoder<string> = (value) =>
	typeof value === 'number' ? String(value) : string(value);

/**
 * An ID; the services write some as numbers. A number that JSON cannot hold exactly would be the ID
 * of something else.
 */
export const id: Decoder<string> = (value) => {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return string(value);
};

/** A token; it must fit into a header. */
export const token: Decoder<string> = (value) =>
	typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : undefined;

/** A whole number of at least `least`; the services write some as strings. */
export function whole(least: number): Decoder<number> {
	return (value) => {
		const number = Number(text(value));
		return Number.isSafeInteger(number) && number >= least ? number : undefined;
	};
}

/** Seconds; nothing that the services issue lives longer. */
const MAX_LIFE = 365 * 24 * 3_600;

/** A lifetime in seconds. */
export function life(byDefault: number): Decoder<number> {
	return (value) => {
		const seconds = Number(text(value));
		return seconds > 0 ? Math.min(seconds, MAX_LIFE) : byDefault;
	};
}

/** A boolean; anything else counts as the default. */
export function flag(byDefault: boolean): Decoder<boolean> {
	return (value) => (typeof value === 'boolean' ? value : byDefault);
}

/** Exactly this string. */
export function literal<Text extends string>(expected: Text): Decoder<Text> {
	return (value) => (value === expected ? expected : undefined);
}

/**
 * The token of the next page, empty after the last one. A service that repeats the current token
 * has no next page.
 */
export function nextPage(current: string | undefined): Decoder<string> {
	return (value) => (typeof value === 'string' && value !== current ? value : '');
}

/** A list whose elements are all as expected. */
export function list<T>(element: Decoder<T>): Decoder<T[]> {
	return (value) => {
		if (!Array.isArray(value)) return undefined;
		const elements = decodable(element, value);
		return elements.length === value.length ? elements : undefined;
	};
}

/** The elements of a list that are as expected, without the others. */
export function someOf<T>(element: Decoder<T>): Decoder<T[]> {
	return (value) => (Array.isArray(value) ? decodable(element, value) : undefined);
}

function decodable<T>(element: Decoder<T>, values: unknown[]): T[] {
	return values.map(element).filter((each) => each !== undefined);
}

/** An object with any field names, all with the same kind of value. */
export function record<T>(field: Decoder<T>): Decoder<Record<string, T>> {
	return (value) => {
		if (!isObject(value)) return undefined;
		const entries = Object.entries(value).map(([name, each]) => [name, field(each)] as const);
		if (entries.some(([, each]) => each === undefined)) return undefined;
		// Defines even `__proto__` as an own field.
		return Object.fromEntries(entries) as Record<string, T>;
	};
}

/** The requested fields of an object; optional ones may be missing. */
export function object<F extends Fields>(fields: F): Decoder<DecodedFields<F>> {
	return (value) => {
		if (!isObject(value)) return undefined;
		const decoded: Record<string, unknown> = {};
		for (const [name, decode] of Object.entries(fields)) {
			// Inherited properties were not in the response.
			const field = decode(Object.hasOwn(value, name) ? value[name] : undefined);
			if (field === undefined && !isOptional(decode)) return undefined;
			decoded[name] = field;
		}
		return decoded as DecodedFields<F>;
	};
}

/** The whole object unchanged, provided that the given fields are as expected. */
export function having<F extends Fields>(fields: F): Decoder<IDataObject & DecodedFields<F>> {
	const decode = object(fields);
	return (value) => (decode(value) ? (value as IDataObject & DecodedFields<F>) : undefined);
}

/** A single field of an object. */
export function at<T>(name: string, decode: Decoder<T>): Decoder<T> {
	const decodeObject = object({ [name]: decode as Decoder<unknown> });
	return (value) => decodeObject(value)?.[name] as T | undefined;
}

/** A field that may be missing or of another kind. */
export function optional<T>(decode: Decoder<T>): OptionalDecoder<T> {
	return Object.assign((value: unknown) => decode(value), { isOptional: true as const });
}

function isOptional(decode: Decoder<unknown>): boolean {
	return 'isOptional' in decode;
}

/** A default for a missing value; a value that is there must be as expected. */
export function absentAs<T>(absent: T, decode: Decoder<T>): Decoder<T> {
	return (value) =>
		value === undefined || value === null || value === '' ? absent : decode(value);
}

/** Converts a decoded value; undefined means that it is not as expected. */
export function map<T, Made>(
	decode: Decoder<T>,
	make: (decoded: T) => Made | undefined,
): Decoder<Made> {
	return (value) => {
		const decoded = decode(value);
		return decoded === undefined ? undefined : make(decoded);
	};
}
