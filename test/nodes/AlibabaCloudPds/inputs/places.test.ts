import { describe, expect, it } from 'vitest';

import { refusalWithout } from '../../../engine/features';
import { SEED } from '../../../services/pds';
import { locator } from '../../support/rig';
import { uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();

const { own, marketing } = SEED.drives;
const { invoices2026 } = SEED.folders;

async function uploadTo(places: Record<string, ReturnType<typeof locator> | string>) {
	const parameters = { ...uploadOf(), ...places };
	const run = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
	return { ...run, stored: rig.service.files() };
}

describe('the drive', () => {
	it.each([
		['choice from the list', locator('list', marketing.driveId)],
		['ID', locator('id', ` ${marketing.driveId}\n`)],
		['expression in the field for an ID', locator('id', '={{ 100 + 1 }}')],
		['expression for the whole field', `={{ "${marketing.driveId}" }}`],
		['plain text of an older workflow', marketing.driveId],
	])('is found by the %s', async (_, driveId) => {
		const { error, stored } = await uploadTo({ driveId });
		expect(error).toBeUndefined();
		expect(stored).toMatchObject([{ driveId: marketing.driveId, parentFileId: 'root' }]);
	});

	it('is asked for where none is chosen', async () => {
		const { error, stored } = await uploadTo({ driveId: locator('list', '') });
		expect(error?.message).toContain(refusalWithout('Drive'));
		expect(stored).toEqual([]);
		expect(rig.service.calls).toEqual([]);
	});
});

describe('the parent folder', () => {
	const driveId = locator('list', own.driveId);

	it.each([
		['choice from the list', locator('list', invoices2026.fileId)],
		['ID', locator('id', invoices2026.fileId)],
		['plain text of an older workflow', invoices2026.fileId],
	])('is found by the %s', async (_, parentFileId) => {
		const { error, stored } = await uploadTo({ driveId, parentFileId });
		expect(error).toBeUndefined();
		expect(stored).toMatchObject([{ parentFileId: invoices2026.fileId }]);
	});

	it.each([
		['as it was dropped on the canvas', undefined],
		['that was cleared, as by the choice of another drive', locator('list', '')],
		['that was cleared in the field for an ID', locator('id', '')],
	])('is the root in a node %s', async (_, parentFileId) => {
		const dropped = { resource: 'file', operation: 'upload', driveId };
		const parameters = { ...dropped, ...(parentFileId && { parentFileId }) };
		await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
		expect(rig.service.files()).toMatchObject([{ parentFileId: 'root' }]);
	});

	it.each([
		['in the field for an ID', locator('id', '={{ $json.folder }}')],
		['for the whole field', '={{ $json.folder }}'],
	])('is not the root where an expression %s gives nothing', async (_, parentFileId) => {
		const { shown, stored } = await uploadTo({ driveId, parentFileId });
		expect(shown.message).toBe('The expression in "Parent Folder" is empty for this item');
		expect(stored).toEqual([]);
	});
});

describe('the drive of the single steps', () => {
	const ids = { fileId: 'f', uploadId: 'u' };

	it.each(['getUploadUrl', 'listUploadedParts', 'completeUpload'])(
		'is that of the item, or the one chosen: %s',
		async (operation) => {
			const input = [{ json: { drive_id: own.driveId } }];
			const step = { resource: 'file', operation, ...ids };
			await rig.run(step, { input });
			const { driveId } = marketing;
			await rig.run({ ...step, driveId: locator('list', driveId) }, { input });
			await rig.run({ ...step, driveId }, { input });
			const asked = rig.service.calls.map(({ body }) => (body as { drive_id: string }).drive_id);
			expect(asked).toEqual([own.driveId, driveId, driveId]);
		},
	);
});
