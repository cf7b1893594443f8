import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';

import type { AppProperty } from '../../../../nodes/DingTalkKnowledgeBase/api/commit-file';
import { readCommitOptions } from '../../../../nodes/DingTalkKnowledgeBase/inputs/commit-options';
import { uploadOf, useRig } from '../support/rig';
import { hostileJson, hostileText, PROTOTYPE_KEYS } from '../../support/hostile';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';

const rig = useRig();

/** Up to four properties, whose fields come from expressions. */
const withProperties = (count: number) =>
	uploadOf({
		appProperties: {
			property: Array.from({ length: count }, (_, index) => ({
				name: `={{ $json.given[${index}].name }}`,
				value: `={{ $json.given[${index}].value }}`,
				visibility: `={{ $json.given[${index}].visibility }}`,
			})),
		},
	});

const visibility = fc.constantFrom('PUBLIC', 'PRIVATE');

/** Properties of any text. */
const ofTexts = fc.array(
	fc.record({
		name: fc.oneof(hostileText(), fc.constantFrom(...PROTOTYPE_KEYS)),
		value: hostileText(),
		visibility,
	}),
	{ maxLength: 4 },
);

/** Properties of anything. */
const ofAnything = fc.array(
	fc.record({
		name: fc.oneof(hostileText(), hostileJson()),
		value: fc.oneof(hostileText(), hostileJson()),
		visibility: fc.oneof(visibility, hostileJson()),
	}),
	{ minLength: 1, maxLength: 2 },
);

/** What has to be stored; undefined when it has to be refused. */
function wanted(given: Array<Record<string, unknown>>): AppProperty[] | undefined {
	const isText = (value: unknown) =>
		typeof value === 'string' ||
		(typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value)));
	const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
	const all = given.map(({ name, value, visibility: who }) => ({
		name: isText(name) ? String(name).trim() : '',
		value: isEmpty(value) ? '' : isText(value) ? String(value) : undefined,
		visibility: isEmpty(who) ? '' : isText(who) ? String(who).trim() : 'none',
	}));
	const names = all.map(({ name }) => name);
	const isFine = all.every(
		({ name, value, visibility: who }) =>
			name !== '' && value !== undefined && ['', 'PUBLIC', 'PRIVATE'].includes(who),
	);
	const isBroken = all.some(({ name, value }) => /\p{Surrogate}/u.test(`${name} ${value}`));
	if (!isFine || isBroken || all.length > 3 || new Set(names).size < names.length) return undefined;
	return all.map((each) => ({ ...each, visibility: each.visibility || 'PUBLIC' })) as AppProperty[];
}

describe('app properties', () => {
	let binary: Awaited<ReturnType<typeof rig.item>>['binary'];

	beforeAll(async () => {
		({ binary } = await rig.item({ data: 'x' }));
	});

	it.each([
		['of any text', ofTexts, 30],
		['of anything else', ofAnything, 160],
	])('%s are stored exactly, or refused before a byte is sent', async (_, given, times) => {
		const outcomes = { stored: 0, refused: 0 };
		const property = async (list: Array<Record<string, unknown>>) => {
			rig.service.reset();
			const input = [{ json: { given: list } as IDataObject, binary }];
			const { error, shown } = await rig.run(withProperties(list.length), { input });
			const expected = wanted(list);
			if (expected) {
				outcomes.stored++;
				expect(error).toBeUndefined();
				const file = rig.service.files().find(({ name }) => name === 'data.txt');
				expect(Object.values(file?.appProperties ?? {}).flat()).toEqual(expected);
				return;
			}
			outcomes.refused++;
			expect(rig.service.calls).toEqual([]);
			expect(shown.message).toMatch(/app propert|^"(?:Visibility|Value) of /i);
			expect(shown.description).toMatch(/\S/);
			expect(shown.name).toBe('NodeOperationError');
		};
		await fc.assert(fc.asyncProperty(given, property), runs(times));
		expect(Math.min(outcomes.stored, outcomes.refused)).toBeGreaterThan(1);
	});

	it('are all read, or refused, whatever form a list has', () => {
		const field = fc.constantFrom('name', 'value', 'visibility', ...PROTOTYPE_KEYS);
		const one = fc.oneof(
			fc.record({ name: hostileText(), value: hostileText(), visibility }),
			fc.dictionary(field, hostileJson(), { maxKeys: 4 }),
		);
		const list = fc.array(fc.oneof({ weight: 3, arbitrary: one }, hostileJson()), { maxLength: 4 });
		const inside = fc.oneof(one, list, hostileJson());
		const form = fc.oneof(
			inside,
			inside.map((property) => ({ property })),
		);
		fc.assert(
			fc.property(form, (given) => {
				const outer = given as { property?: unknown } | null;
				const isForm =
					typeof outer === 'object' && outer !== null && Object.hasOwn(outer, 'property');
				const content = isForm ? outer.property : given;
				const isNothing = content === undefined || content === null || given === '';
				const all = isNothing ? [] : [content].flat();
				const isObjects = all.every((each) => typeof each === 'object' && each !== null);
				const isEmptyForm =
					isObjects && !Array.isArray(content) && Object.keys(all[0] ?? {}).length === 0;
				const left = isEmptyForm ? [] : all;
				const expected = isObjects ? wanted(left as Array<Record<string, unknown>>) : undefined;
				const options = { appProperties: given } as IDataObject;
				if (expected) {
					expect(readCommitOptions(options).appProperties ?? []).toEqual(expected);
				} else {
					expect(factsOf(() => readCommitOptions(options)).badInput).toBe(true);
				}
			}),
			runs(1_000),
		);
	});

	it('may be a single one, as an expression gives it', () => {
		const appProperties = { name: 'year', value: ' 2026 ' };
		expect(readCommitOptions({ appProperties }).appProperties).toEqual([
			{ name: 'year', value: ' 2026 ', visibility: 'PUBLIC' },
		]);
	});
});
