import fc from 'fast-check';

/** Names of what every object of JavaScript has. */
export const PROTOTYPE_KEYS = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'valueOf',
	'hasOwnProperty',
	'toJSON',
	'then',
	'length',
];

/** Texts that mean something to one of the languages they pass through. */
const MEANINGFUL = [
	...PROTOTYPE_KEYS,
	'..',
	'.',
	'../',
	'../../../v1.0/oauth2/accessToken',
	'..\\..\\',
	'/',
	'//evil.example/',
	'\\',
	'%2e%2e',
	'%2e%2e%2f',
	'%2F',
	'%5c',
	'%00',
	'%',
	'%zz',
	'%C0%AE',
	'?',
	'?access_token=x',
	'&unionId=other',
	'#',
	';',
	'=',
	'@evil.example',
	':80',
	'\r\n',
	'\r\nHost: evil.example\r\n\r\n',
	'\n',
	'\t',
	'\0',
	'\u001b[31m',
	'\u007f',
	'\u0085',
	'\u2028',
	'\ufeff',
	'\u202etxt.exe',
	'\u200b',
	'\ud800',
	'\udfff',
	'\udc00\ud800',
	'\uffff',
	'報告',
	'e\u0301',
	'🎉',
	'．．／',
	'∕',
	'{{ $json.x }}',
	'={{ 1 }}',
	'${x}',
	'<script>',
	'"',
	"'",
	'`',
	'*',
	'!',
	',',
	'(a+)+$',
	'[',
	'con',
	'NUL.txt',
	'.htaccess',
	'undefined',
	'null',
	'NaN',
	'0',
	'-1',
	'1e400',
];

/** Any text that somebody who means harm might write; half of them carry something that means something. */
export function hostileText(): fc.Arbitrary<string> {
	const piece = fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...MEANINGFUL) },
		{ weight: 1, arbitrary: fc.string({ unit: character(), maxLength: 8 }) },
		// Code units, so that halves of surrogate pairs stand alone.
		{ weight: 1, arbitrary: codeUnits() },
		{ weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
	);
	const mixed = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
	return fc.oneof(
		{ weight: 12, arbitrary: mixed },
		{ weight: 1, arbitrary: fc.tuple(piece, fc.integer({ min: 2, max: 2_000 })).map(repeated) },
	);
}

/**
 * A character of Unicode, assigned or not, or several that are shown as one. fast-check's own are
 * of a table of them all, which takes a second to be made.
 */
export function character(): fc.Arbitrary<string> {
	const point = fc.oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }));
	return fc.oneof(
		{ weight: 9, arbitrary: point.map((code) => String.fromCodePoint(code)) },
		{ weight: 1, arbitrary: fc.constantFrom('e\u0301', '\u1100\u1161\u11a8', '👩‍💻', '🇨🇳') },
	);
}

/** Any value that JSON can carry, among them what confuses JavaScript. */
export function hostileJson(): fc.Arbitrary<unknown> {
	const number = fc.constantFrom(0, -0, -1, 1.5, 1e308, 5e-324, 2 ** 53, 2 ** 63, -(2 ** 31));
	const unprintable = fc.constantFrom<unknown>(
		{ toString: 1, valueOf: null },
		{ toString: {}, valueOf: {} },
		[{ toString: null, valueOf: null }],
		JSON.parse('{"__proto__":{"polluted":true}}'),
		JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
		{ length: 3, then: 1, toJSON: 2 },
	);
	return fc.oneof(
		fc.constantFrom<unknown>(null, true, false, '', [], {}, [null], [[]], [{}], 'x'),
		number,
		unprintable,
		hostileText(),
		fc.jsonValue({ maxDepth: 3 }),
		fc.dictionary(fc.constantFrom(...PROTOTYPE_KEYS), fc.jsonValue({ maxDepth: 1 })),
		fc.constantFrom(2, 99, 500).map((depth) => nested(depth)),
	);
}

/** Lists within lists. */
function nested(depth: number): unknown {
	let value: unknown = [];
	for (let level = 1; level < depth; level++) value = [value];
	return value;
}

/** Whether it is Unicode: no half of a surrogate pair stands alone. */
export function isWellFormed(text: string): boolean {
	return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

function codeUnits(): fc.Arbitrary<string> {
	return fc
		.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
		.map((units) => String.fromCharCode(...units));
}

function repeated([text, times]: [string, number]): string {
	return text.repeat(times);
}
