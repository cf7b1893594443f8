import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { badInput } from '../../../nodes/shared/errors';
import { maxConcurrency } from '../../../nodes/shared/descriptions/files';
import {
	choice,
	count,
	flag,
	json,
	number,
	readOption,
	required,
	text,
	withDefault,
	type Parameter,
} from '../../../nodes/shared/parameter';
import { factsOf } from '../support/thrown';

const field: INodeProperties = {
	displayName: 'Some Label',
	name: 'some',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 9 },
	default: 5,
};
const wrong = (given: string) => badInput(`${given} will not do`);
const colour = choice({
	...field,
	options: [
		{ name: 'Red', value: 'red' },
		{ name: 'Blue', value: 'blue' },
	],
});
const whole = number(field, wrong);
const notJson = () => badInput('not JSON');

describe('a parameter', () => {
	it.each<[string, Parameter<unknown>, unknown, unknown]>([
		['a text, trimmed', text(field), ' a ', 'a'],
		['a number as a text', text(field), 5, '5'],
		['a flag', flag(field), 'false', false],
		['one of its values', colour, 'blue', 'blue'],
		['a number of something', count(field), '100', 100],
		['the least number', whole, 1, 1],
		['the most', whole, '9', 9],
		['a fraction where it may be one', number(field, wrong, { whole: false }), 1.5, 1.5],
		['a value as JSON', json(field, notJson), '{"a":1}', { a: 1 }],
		['a value as it is', json(field, notJson), [1], [1]],
		['the default of the field', withDefault(whole), '', 5],
		[
			'a given value before the default',
			withDefault(flag({ ...field, default: true })),
			false,
			false,
		],
		['what is given, where it has to be', required(whole, 'missing', 'give it'), 2, 2],
		['no more at a time than the field allows', maxConcurrency(field), 10.5, 9],
		['a whole number at a time', maxConcurrency(field), '2.9', 2],
	])('reads %s', (_, { read }, value, expected) => {
		expect(read(value)).toEqual(expected);
	});

	it.each<[string, Parameter<unknown>]>([
		['text', text(field)],
		['flag', flag(field)],
		['choice', colour],
		['count', count(field)],
		['number', whole],
		['json', json(field, notJson)],
	])('is not given when it is empty: %s', (_, { read }) => {
		for (const nothing of [undefined, null, '']) expect(read(nothing)).toBeUndefined();
	});

	it.each<[string, Parameter<unknown>, unknown, string]>([
		['text', text(field), {}, '"Some Label" is not text'],
		['flag', flag(field), 1, '"Some Label" is neither true nor false'],
		['choice', colour, 'green', '"Some Label" cannot be "green"'],
		['count', count(field), -1, '"Some Label" cannot be -1'],
		['number below its limit', whole, 0, '0 will not do'],
		['number above its limit', whole, 10, '10 will not do'],
		['fraction', whole, 1.5, '1.5 will not do'],
		['json', json(field, notJson), '{', 'not JSON'],
		['missing', required(whole, 'missing', 'give it'), '', 'missing'],
	])('is refused in words: %s', (_, { read }, value, title) => {
		expect(factsOf(() => read(value))).toMatchObject({ title, badInput: true });
	});

	it('is found among the options by the name of its field', () => {
		expect(readOption({ some: '3', other: 4 }, whole)).toBe(3);
	});
});
