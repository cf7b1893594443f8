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
 * A parameter of a node, or an option: how the editor shows it, and how what it holds is read. Label,
 * values, default and limits are those of the field.
 */
export interface Parameter<T> {
	field: INodeProperties;
	/**
	 * @param value may be anything where an expression gives it
	 * @throws {UploadError} for what it cannot be
	 */
	read(value: unknown): T;
}

/** What a parameter reads as. */
export type Read<P> = P extends Parameter<infer T> ? T : never;

/** The value that an item has for a parameter of the node. */
export function readParameter<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ field, read }: Parameter<T>,
): T {
	return read(context.getNodeParameter(field.name, itemIndex, ''));
}

/** The value of an option. @param options the collection "Options" of an item */
export function readOption<T>(options: IDataObject, { field, read }: Parameter<T>): T {
	return read(options[field.name]);
}

/** A text; undefined when it is not given, or empty. */
export function text(field: INodeProperties): Parameter<string | undefined> {
	return { field, read: (value) => readText(value, field.displayName) };
}

/** On or off; undefined when it is not given. */
export function flag(field: INodeProperties): Parameter<boolean | undefined> {
	return { field, read: (value) => readFlag(value, field.displayName) };
}

interface ChoiceField<Value extends string> extends INodeProperties {
	options: Array<INodePropertyOptions & { value: Value }>;
}

export interface Choice<Value> extends Parameter<Value | undefined> {
	/** @param label that of the field, unless errors are to name another */
	read(value: unknown, label?: string): Value | undefined;
}

/** One of the field's values; undefined when none is given. */
export function choice<Value extends string>(field: ChoiceField<Value>): Choice<Value> {
	const values = field.options.map(({ value }) => value);
	return { field, read: (value, label = field.displayName) => readChoice(value, label, values) };
}

/** A number of something, 1 or more; undefined when it is not given, or 0. */
export function count(field: INodeProperties): Parameter<number | undefined> {
	return { field, read: (value) => readCount(value, field.displayName) };
}

/**
 * A number within the limits of the field; undefined when it is not given.
 *
 * @param wrong the error for any other value
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
 * A value, or JSON that says it; undefined when it is not given, or empty.
 *
 * @param wrong the error for a text that is not JSON
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

/** A parameter that has to be given. @param title and advice of the error when it is not */
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

/** A parameter that has the field's default where it is not given. */
export function withDefault<T>({ field, read }: Parameter<T | undefined>): Parameter<T> {
	return { field, read: (value) => read(value) ?? (field.default as T) };
}
