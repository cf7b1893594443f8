import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { badInput, type UploadError } from './errors';
import { parseJson } from './json';
import { readChoice, readCount, readFlag, readText } from './options';

/**
 * A parameter or option of a node: how the editor shows it, and how its value is read. Label,
 * values, default and limits are those of the field.
 */
export interface Parameter<T> {
	field: INodeProperties;
	/**
	 * @param value may be anything if an expression returns it
	 * @throws {UploadError} for a value that is not allowed
	 */
	read(value: unknown): T;
}

/** The type that a parameter reads. */
export type Read<P> = P extends Parameter<infer T> ? T : never;

/** Reads the value of a parameter for an item. */
export function readParameter<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ field, read }: Parameter<T>,
): T {
	return read(context.getNodeParameter(field.name, itemIndex, ''));
}

/** Reads the value of an option. @param options the collection "Options" of an item */
export function readOption<T>(options: IDataObject, { field, read }: Parameter<T>): T {
	return read(options[field.name]);
}

/** Makes a text parameter; undefined when it is not set or empty. */
export function text(field: INodeProperties): Parameter<string | undefined> {
	return { field, read: (value) => readText(value, field.displayName) };
}

/** Makes an on/off parameter; undefined when it is not set. */
export function flag(field: INodeProperties): Parameter<boolean | undefined> {
	return { field, read: (value) => readFlag(value, field.displayName) };
}

interface ChoiceField<Value extends string> extends INodeProperties {
	options: Array<INodePropertyOptions & { value: Value }>;
}

export interface Choice<Value> extends Parameter<Value | undefined> {
	/** @param label the name in errors; default that of the field */
	read(value: unknown, label?: string): Value | undefined;
}

/** Makes a parameter with one of the field's values; undefined when it is not set. */
export function choice<Value extends string>(field: ChoiceField<Value>): Choice<Value> {
	const values = field.options.map(({ value }) => value);
	return { field, read: (value, label = field.displayName) => readChoice(value, label, values) };
}

/** Makes a parameter with any number of the field's values; empty when it is not set. */
export function choices<Value extends string>(field: ChoiceField<Value>): Parameter<Value[]> {
	const { read } = choice(field);
	return {
		field,
		read: (value) => {
			// An AI agent or an expression may give one text, or several with commas.
			const given: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
			const chosen = given.map((each) => read(each)).filter((each) => each !== undefined);
			return [...new Set(chosen)];
		},
	};
}

/** Makes a parameter that counts something: 1 or more; undefined when it is not set or 0. */
export function count(field: INodeProperties): Parameter<number | undefined> {
	return { field, read: (value) => readCount(value, field.displayName) };
}

/**
 * Makes a number parameter within the limits of the field; undefined when it is not set.
 *
 * @param wrong creates the error for any other value
 */
export function number(
	field: INodeProperties,
	wrong: (given: string) => UploadError,
	{ whole = true } = {},
): Parameter<number | undefined> {
	const { minValue = -Infinity, maxValue = Infinity } = field.typeOptions ?? {};
	const isNumber = whole ? Number.isSafeInteger : Number.isFinite;
	return {
		field,
		read: (value) => {
			const given = readText(value, field.displayName);
			if (given === undefined) return undefined;
			const read = Number(given);
			if (isNumber(read) && read >= minValue && read <= maxValue) return read;
			throw wrong(given);
		},
	};
}

/**
 * Makes a parameter for a value or its JSON text; undefined when it is not set or empty.
 *
 * @param wrong creates the error for text that is not JSON
 */
export function json(field: INodeProperties, wrong: () => UploadError): Parameter<unknown> {
	return {
		field,
		read: (value) => {
			if (value === undefined || value === null) return undefined;
			if (typeof value !== 'string') return value;
			if (value.trim() === '') return undefined;
			const parsed = parseJson(value);
			if (parsed === undefined) throw wrong();
			return parsed;
		},
	};
}

/** Makes a parameter required. @param title and advice of the error when it is not set */
export function required<T>(
	{ field, read }: Parameter<T | undefined>,
	title: string,
	advice: string,
): Parameter<T> {
	return {
		field,
		read: (value) => {
			const given = read(value);
			if (given === undefined) throw badInput(title, advice);
			return given;
		},
	};
}

/** Gives a parameter the field's default when it is not set. */
export function withDefault<T>({ field, read }: Parameter<T | undefined>): Parameter<T> {
	return { field, read: (value) => read(value) ?? (field.default as T) };
}
