import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { globMatches } from '../../../../nodes/shared/binary/glob';
import { hostileText, isWellFormed } from '../../support/hostile';
import { runs } from '../../support/runs';

/** The same by a regular expression, which is right where it ends. */
function byRegularExpression(pattern: string, name: string): boolean {
	const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${pieces.join('.*')}$`, 'su').test(name);
}

describe('a field pattern', () => {
	const few = fc.string({ unit: fc.constantFrom('a', 'b', '*', '(', '.'), maxLength: 8 });

	it.each([
		['of few signs', few, few],
		['of any text', hostileText(), hostileText()],
	])('means what the regular expression means: %s', (_, patterns, names) => {
		const whole = (arbitrary: fc.Arbitrary<string>) =>
			arbitrary
				.filter(isWellFormed)
				.map((text) => text.slice(0, 40))
				.filter(isWellFormed);
		const pattern = whole(patterns).filter((text) => text.split('*').length <= 4);
		fc.assert(
			fc.property(pattern, whole(names), (each, name) => {
				expect(globMatches(each, name)).toBe(byRegularExpression(each, name));
				expect(globMatches(`${each}*`, each + name)).toBe(true);
			}),
			runs(2_000),
		);
	});

	it('ends at once with many stars and a name that somebody made long', () => {
		const text = fc.constantFrom('a', 'ab', '(a+)+$', '\\', '🎉');
		fc.assert(
			fc.property(text, fc.integer({ min: 2, max: 40 }), (piece, stars) => {
				const pattern = `*${`${piece}*`.repeat(stars)}!`;
				const name = piece.repeat(20_000);
				const before = process.cpuUsage();
				expect(globMatches(pattern, name)).toBe(false);
				expect(globMatches(pattern, `${name}!`)).toBe(true);
				const { user } = process.cpuUsage(before);
				expect(user / 1000, 'milliseconds of the processor').toBeLessThan(1_000);
			}),
			runs(20),
		);
	});
});
