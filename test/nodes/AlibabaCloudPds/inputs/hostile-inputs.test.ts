import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { partsParameter } from '../../../../nodes/AlibabaCloudPds/inputs/parts';
import {
	checkNameModeOption,
	partSizeOption,
	resumeOption,
} from '../../../../nodes/AlibabaCloudPds/inputs/upload-options';
import type { Parameter, Read } from '../../../../nodes/shared/parameter';
import { hostileJson, hostileText } from '../../support/hostile';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';

const field = fc.constantFrom(
	...['part_number', 'partNumber', 'contentMd5', 'content_type', 'parallelSha1Ctx', 'h'],
	...['parallel_sha256_ctx', 'part_offset', '__proto__'],
);
const part = fc
	.tuple(
		fc.constantFrom<object>({}, { partNumber: 1 }, { part_number: '2' }),
		fc.dictionary(field, hostileJson(), { maxKeys: 3 }),
	)
	.map(([first, more]) => ({ ...first, ...more }));
const list = fc.array(fc.oneof({ weight: 3, arbitrary: part }, hostileJson()), { maxLength: 3 });
const parts = fc.oneof(
	...[list, part, hostileJson(), hostileText()],
	fc.oneof(list, part, hostileJson()).map((inside) => ({ part: inside })),
	list.map((inside) => JSON.stringify(inside)),
);

describe('what a user may give by an expression', () => {
	it.each<[string, fc.Arbitrary<unknown>, Parameter<unknown>]>([
		['parts', parts, partsParameter],
		['a part size', hostileJson(), partSizeOption],
		['a mode', hostileJson(), checkNameModeOption],
		[
			'an upload to resume',
			fc
				.oneof(hostileJson(), fc.record({ fileId: hostileJson(), uploadId: hostileJson() }))
				.map((upload) => ({ upload })),
			resumeOption,
		],
	])('is read or refused in words: %s', (_, arbitrary, parameter) => {
		fc.assert(
			fc.property(arbitrary, (given) => {
				let result: unknown;
				try {
					result = parameter.read(given);
				} catch {
					const { badInput, title, description } = factsOf(() => parameter.read(given));
					expect([badInput, title, description]).toEqual([
						true,
						expect.stringMatching(/\S/),
						expect.stringMatching(/\S/),
					]);
					return;
				}
				if (parameter !== partsParameter) return;
				for (const { part_number, content_type } of result as Read<typeof partsParameter>) {
					expect(Number.isInteger(part_number) && part_number >= 1).toBe(true);
					expect(['string', 'undefined']).toContain(typeof content_type);
				}
			}),
			runs(500),
		);
	});
});
