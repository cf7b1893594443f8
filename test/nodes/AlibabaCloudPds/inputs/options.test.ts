import { describe, expect, it } from 'vitest';

import { uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();

describe('an option of Upload File that is given by an expression', () => {
	it.each([
		['File Name', { fileName: '={{ ({ a: 1 }) }}' }],
		['File Name', { fileName: '={{ ["a", "b"] }}' }],
		['Content Type', { contentType: '={{ ({ a: 1 }) }}' }],
		['Content Type', { contentType: '={{ new Date() }}' }],
	])('is no text made of something else: %s', async (label, options) => {
		const { shown } = await rig.upload('x', options);
		expect(shown.message).toBe(`"${label}" is not text`);
		expect(shown.name).toBe('NodeOperationError');
		expect(rig.service.calls).toEqual([]);
	});

	it('is on for "true" as for true, and neither for anything else', async () => {
		await rig.upload('known to the service', {});
		const { json } = await rig.upload('known to the service', {
			rapidUpload: '={{ "true" }}',
			fileName: 'again.txt',
		});
		expect(json).toMatchObject([{ upload: { how: 'rapidUpload' } }]);
		const { shown } = await rig.upload('x', { rapidUpload: '={{ "yes" }}' });
		expect(shown.message).toBe('"Rapid Upload" is neither true nor false');
	});
});

describe('an id', () => {
	it('that is too large a number to be exact is refused, not rounded', async () => {
		const input = [await rig.item({ data: 'x' })];
		const parameters = { ...uploadOf({}), driveId: '={{ 12345678901234567890 }}' };
		const { shown } = await rig.run(parameters, { input });
		expect(shown.message).toMatch(/^"Drive" is a number that is not exact/);
		expect(rig.service.calls).toEqual([]);
	});
});
