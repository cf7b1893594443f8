import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	absentAs,
	anyText,
	at,
	flag,
	having,
	id,
	life,
	list,
	literal,
	map,
	nextPage,
	object,
	optional,
	record,
	someOf,
	string,
	text,
	token,
	whole,
	type Decoder,
} from '../../../nodes/shared/decode';
import { hostileJson } from '../support/hostile';
import { expectUnpolluted } from '../support/hostile-answers';
import { runs } from '../support/runs';

const YEAR = 365 * 24 * 3_600;

describe('a decoder', () => {
	it.each<[string, Decoder<unknown>, unknown, unknown]>([
		['a string as it is', string, ' a ', ' a '],
		['no empty string', string, '', undefined],
		['no number as a string', string, 1, undefined],
		['an empty text where any will do', anyText, '', ''],
		['a number as a text', text, 0, '0'],
		['no flag as a text', text, true, undefined],
		['a number as an id', id, 9007199254740991, '9007199254740991'],
		['no number that is not exact as an id', id, 9007199254740992, undefined],
		['no fraction as an id', id, 1.5, undefined],
		['no empty id', id, '', undefined],
		['a token', token, 'a.b-c', 'a.b-c'],
		['no token that breaks a header', token, 'a\r\nb: c', undefined],
		['a whole number', whole(0), 0, 0],
		['a whole number written as a text', whole(1), '12', 12],
		['no whole number below the least', whole(1), 0, undefined],
		['no fraction', whole(0), 0.5, undefined],
		['no number that is not exact', whole(0), '9007199254740992', undefined],
		['no infinite number', whole(0), Infinity, undefined],
		['a life of seconds', life(5), '60', 60],
		['the usual life where none is told', life(5), undefined, 5],
		['the usual life where the told one has ended', life(5), -1, 5],
		['no life of more than a year', life(5), 1e300, YEAR],
		['a flag', flag(true), false, false],
		['the usual flag where a text stands', flag(true), 'false', true],
		['a literal', literal('folder'), 'folder', 'folder'],
		['no other literal', literal('folder'), 'file', undefined],
		['the token of the next page', nextPage('a'), 'b', 'b'],
		['no next page that is this one', nextPage('a'), 'a', ''],
		['no next page that is no text', nextPage('a'), 2, ''],
		['a list', list(string), ['a'], ['a']],
		['no list with another element', list(string), ['a', 1], undefined],
		['no object as a list', list(string), { length: 0 }, undefined],
		['some of a list', someOf(string), ['a', null, 1, 'b'], ['a', 'b']],
		['a record', record(anyText), { a: '', b: 'c' }, { a: '', b: 'c' }],
		['no record with another value', record(anyText), { a: 1 }, undefined],
		['no list as a record', record(anyText), [], undefined],
		['the fields that are asked for', object({ a: string }), { a: 'b', c: 1 }, { a: 'b' }],
		['no object without a field', object({ a: string }), { b: 'c' }, undefined],
		['no null as an object', object({}), null, undefined],
		['an object without an optional field', object({ a: optional(string) }), {}, { a: undefined }],
		[
			'nothing that an object inherits',
			object({ toString: optional(map(at('name', string), Boolean)) }),
			{},
			{ toString: undefined },
		],
		['no inherited field', at('constructor', at('name', string)), {}, undefined],
		['a field of a field', at('a', at('b', string)), { a: { b: 'c' } }, 'c'],
		['a whole object by its fields', having({ a: string }), { a: 'b', c: 1 }, { a: 'b', c: 1 }],
		['no whole object without them', having({ a: string }), { a: '' }, undefined],
		['the stand-in for what is absent', absentAs([], list(string)), null, []],
		['no stand-in for something else', absentAs([], list(string)), {}, undefined],
		['what is made of it', map(string, (it) => it.length), 'abc', 3],
		['nothing where nothing is made of it', map(string, () => undefined), 'abc', undefined],
	])('takes %s', (_, decode, value, taken) => {
		expect(decode(value)).toEqual(taken);
	});

	it('keeps a field with the name __proto__ a field', () => {
		const decoded = record(string)(JSON.parse('{"__proto__":"a"}'));
		expect(Object.entries(decoded ?? {})).toEqual([['__proto__', 'a']]);
		const other = object({ b: optional(string) })(JSON.parse('{"__proto__":{"b":"a"}}'));
		expect(other?.b).toBeUndefined();
	});

	it('never throws, whatever the answer holds', () => {
		const decode = object({
			a: optional(list(object({ b: id, c: optional(whole(1)), d: flag(false) }))),
			e: optional(record(text)),
			f: optional(at('g', someOf(having({ h: string })))),
			i: life(1),
			j: nextPage('k'),
		});
		const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', '__proto__');
		const hostile = fc.dictionary(
			names,
			fc.oneof(hostileJson(), fc.dictionary(names, hostileJson())),
		);
		fc.assert(
			fc.property(hostile, (value) => {
				decode(value);
				expectUnpolluted();
			}),
			runs(300),
		);
	});
});
