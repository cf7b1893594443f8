import type { IDataObject } from 'n8n-workflow';

import { isObject } from './json';

/**
 * Takes what is expected out of a value of an answer, which may hold anything.
 *
 * @returns undefined when it is not there
 */
export type Decoder<T> = (value: unknown) => T | undefined;

/** What a decoder gives. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

type OptionalDecoder<T> = Decoder<T> & { isOptional: true };

type Fields = Record<string, Decoder<unknown>>;

type DecodedFields<F extends Fields> = {
	[Name in keyof F]: F[Name] extends OptionalDecoder<infer T> ? T | undefined : Decoded<F[Name]>;
};

/** A text that says something, exactly as it is. */
export const string: Decoder<string> = (value) =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A text that may be empty. */
export const anyText: Decoder<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A text to be shown or compared; a number is one as well. */
export const text: Decoder<string> = (value) =>
	typeof value === 'number' ? String(value) : string(value);

/**
 * An id; the services write some as numbers. One that JSON cannot hold exactly would be another one's
 * id.
 */
export const id: Decoder<string> = (value) => {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return string(value);
};

/** A token; it has to fit into a header. */
export const token: Decoder<string> = (value) =>
	typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : undefined;

/** A whole number that is not below the least one; the services write some as texts. */
export function whole(least: number): Decoder<number> {
	return (value) => {
		const number = Number(text(value));
		return Number.isSafeInteger(number) && number >= least ? number : undefined;
	};
}

/** Seconds; nothing that the services give lives longer. */
const MAX_LIFE = 365 * 24 * 3_600;

/** The seconds that something lives. */
export function life(byDefault: number): Decoder<number> {
	return (value) => {
		const seconds = Number(text(value));
		return seconds > 0 ? Math.min(seconds, MAX_LIFE) : byDefault;
	};
}

/** True or false; anything else counts as the default. */
export function flag(byDefault: boolean): Decoder<boolean> {
	return (value) => (typeof value === 'boolean' ? value : byDefault);
}

/** The very text. */
export function literal<Text extends string>(expected: Text): Decoder<Text> {
	return (value) => (value === expected ? expected : undefined);
}

/** The token of the next page, empty after the last one; a service that repeats itself has no next page. */
export function nextPage(current: string | undefined): Decoder<string> {
	return (value) => (typeof value === 'string' && value !== current ? value : '');
}

/** A list, each element of which is as expected. */
export function list<T>(element: Decoder<T>): Decoder<T[]> {
	return (value) => {
		if (!Array.isArray(value)) return undefined;
		const elements = decodable(element, value);
		return elements.length === value.length ? elements : undefined;
	};
}

/** The elements of a list that are as expected; the others are left out. */
export function someOf<T>(element: Decoder<T>): Decoder<T[]> {
	return (value) => (Array.isArray(value) ? decodable(element, value) : undefined);
}

function decodable<T>(element: Decoder<T>, values: unknown[]): T[] {
	return values.map(element).filter((each) => each !== undefined);
}

/** An object whose fields may have any names, and all the same kind of values. */
export function record<T>(field: Decoder<T>): Decoder<Record<string, T>> {
	return (value) => {
		if (!isObject(value)) return undefined;
		const entries = Object.entries(value).map(([name, each]) => [name, field(each)] as const);
		if (entries.some(([, each]) => each === undefined)) return undefined;
		// Defines even `__proto__` as a field of its own.
		return Object.fromEntries(entries) as Record<string, T>;
	};
}

/** The fields of an object that are asked for. It need not have the optional ones. */
export function object<F extends Fields>(fields: F): Decoder<DecodedFields<F>> {
	return (value) => {
		if (!isObject(value)) return undefined;
		const decoded: Record<string, unknown> = {};
		for (const [name, decode] of Object.entries(fields)) {
			// What an object inherits was not in the answer.
			const field = decode(Object.hasOwn(value, name) ? value[name] : undefined);
			if (field === undefined && !isOptional(decode)) return undefined;
			decoded[name] = field;
		}
		return decoded as DecodedFields<F>;
	};
}

/** A whole object as it is, provided that the fields are as expected. */
export function having<F extends Fields>(fields: F): Decoder<IDataObject & DecodedFields<F>> {
	const decode = object(fields);
	return (value) => (decode(value) ? (value as IDataObject & DecodedFields<F>) : undefined);
}

/** A field of an object alone. */
export function at<T>(name: string, decode: Decoder<T>): Decoder<T> {
	const decodeObject = object({ [name]: decode as Decoder<unknown> });
	return (value) => decodeObject(value)?.[name] as T | undefined;
}

/** For a field that an object need not have, or may have as something else. */
export function optional<T>(decode: Decoder<T>): OptionalDecoder<T> {
	return Object.assign((value: unknown) => decode(value), { isOptional: true as const });
}

function isOptional(decode: Decoder<unknown>): boolean {
	return 'isOptional' in decode;
}

/** What stands in for a value that is not there; one that is there has to be as expected. */
export function absentAs<T>(absent: T, decode: Decoder<T>): Decoder<T> {
	return (value) =>
		value === undefined || value === null || value === '' ? absent : decode(value);
}

/** Makes something of what is expected, unless that gives undefined. */
export function map<T, Made>(
	decode: Decoder<T>,
	make: (decoded: T) => Made | undefined,
): Decoder<Made> {
	return (value) => {
		const decoded = decode(value);
		return decoded === undefined ? undefined : make(decoded);
	};
}
