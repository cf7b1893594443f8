import { expect, it, describe } from 'vitest';

import { MIN_PART_SIZE } from '../../../../nodes/AlibabaCloudPds/upload/plan';
import { bytes, MIB, sha1, usePdsRig } from '../support/rig';

const PARTS = 10_000;

const rig = usePdsRig({ service: { keepBytes: false } });

describe('a file of as many parts as the storage takes', () => {
	const content = bytes(PARTS * MIN_PART_SIZE - 1);

	it.each([
		['four parts at a time', 4, true],
		['one after the other', 1, false],
	])('goes through, %s', async (_, maxConcurrency, parallel) => {
		const options = { partSize: MIN_PART_SIZE / MIB, maxConcurrency };
		const run = await rig.upload(content, options);
		expect(run.shown.message).toBe('');
		const [{ size, content_hash, upload }] = run.json;
		expect({ size, content_hash }).toEqual({
			size: content.length,
			content_hash: sha1(content).toUpperCase(),
		});
		expect(upload).toMatchObject({ parallel, how: 'sent' });
		expect(new Set(rig.partsPut()).size).toBe(PARTS);
		expect(rig.service.callsOf('partPut')).toHaveLength(PARTS);
	});
});
