import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readParts } from '../../../../nodes/AlibabaCloudPds/inputs/parts';
import {
	readCheckNameMode,
	readPartSize,
	readResume,
} from '../../../../nodes/AlibabaCloudPds/inputs/upload-options';
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
	it.each<[string, fc.Arbitrary<unknown>, (given: never) => unknown]>([
		['parts', parts, readParts],
		['a part size', hostileJson().map((partSize) => ({ partSize })), readPartSize],
		['a mode', hostileJson().map((checkNameMode) => ({ checkNameMode })), readCheckNameMode],
		[
			'an upload to resume',
			fc
				.oneof(hostileJson(), fc.record({ fileId: hostileJson(), uploadId: hostileJson() }))
				.map((upload) => ({ resume: { upload } })),
			readResume,
		],
	])('is read or refused in words: %s', (_, arbitrary, read) => {
		fc.assert(
			fc.property(arbitrary, (given) => {
				let result: unknown;
				try {
					result = read(given as never);
				} catch {
					const { badInput, title, description } = factsOf(() => read(given as never));
					expect([badInput, title, description]).toEqual([
						true,
						expect.stringMatching(/\S/),
						expect.stringMatching(/\S/),
					]);
					return;
				}
				if (read !== readParts) return;
				for (const { part_number, content_type } of result as ReturnType<typeof readParts>) {
					expect(Number.isInteger(part_number) && part_number >= 1).toBe(true);
					expect(['string', 'undefined']).toContain(typeof content_type);
				}
			}),
			runs(500),
		);
	});
});
