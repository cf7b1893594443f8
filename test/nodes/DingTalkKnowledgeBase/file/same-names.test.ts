import { describe, expect, it } from 'vitest';

import { SEED, type Fault } from '../../../services/dingtalk';
import { until } from '../../../until';
import { locator } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();

async function uploadInOneBatch(contents: string[], conflictStrategy: string) {
	return await rig.run(uploadOf({ conflictStrategy }), { input: await rig.items(contents) });
}

/** The first two files, of one and two bytes, are held up until so many others are stored. */
function holdUpTheFirst(others: number) {
	const isFirst = ({ headers }: { headers: Record<string, string> }) =>
		Number(headers['content-length']) <= 2;
	const stored = until(() => rig.service.objects().length === others);
	const fault: Fault = { kind: 'hold', until: stored };
	rig.service.fail({ call: 'ossPut', times: 2, when: isFirst, fault });
}

describe('files of one name in one batch', () => {
	it('are renamed in the order of the items', async () => {
		holdUpTheFirst(2);
		const { json } = await uploadInOneBatch(['a', 'bb', 'ccc', 'dddd'], 'AUTO_RENAME');
		expect(json.map(({ name, size }) => [name, size])).toEqual([
			['data.txt', 1],
			['data (1).txt', 2],
			['data (2).txt', 3],
			['data (3).txt', 4],
		]);
	});

	it('leave the last item when they overwrite each other', async () => {
		holdUpTheFirst(1);
		const { json } = await uploadInOneBatch(['a', 'bb', 'ccc'], 'OVERWRITE');
		expect(json.map(({ version }) => version)).toEqual([1, 2, 3]);
		const files = rig.service.files(SEED.folders.empty.dentryUuid);
		expect(files).toMatchObject([{ name: 'data.txt', size: 3 }]);
	});

	it('are one place, however it is named: the last item wins', async () => {
		const { dentryUuid, url } = SEED.folders.invoices2026;
		const { dentryUuid: parent } = SEED.folders.invoices;
		const places = [
			{ parent: locator('url', url), folderPath: '' },
			{ parent: locator('id', dentryUuid), folderPath: '' },
			{ parent: locator('id', parent), folderPath: '2026' },
			{ parent: locator('id', dentryUuid), folderPath: '' },
		];
		for (const order of [places, [...places].reverse()]) {
			rig.reset();
			// What the look-ups need comes late, what the ids tell is there at once.
			rig.service.fail({ call: 'queryDentryId', times: 9, fault: { kind: 'delay', ms: 200 } });
			const contents = order.map((_place, index) => 'x'.repeat(index + 1));
			const input = await rig.items(contents, (index) => ({ ...order[index] }));
			const options = {
				folderPath: '={{ $json.folderPath || "/" }}',
				fileName: 'same.txt',
				conflictStrategy: 'OVERWRITE',
			};
			const parent = locator('id', '={{ $json.parent.value }}');
			const run = await rig.run(uploadOf(options, { parent }), { input });
			expect(run.error).toBeUndefined();
			expect(run.json.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
			expect(rig.service.files(dentryUuid)).toMatchObject([{ size: 4 }]);
		}
	});

	it('do not wait for one that has failed', async () => {
		rig.service.fail({
			call: 'ossPut',
			fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' },
		});
		const input = await rig.items(['a', 'bb']);
		const node = { onError: 'continueRegularOutput' } as const;
		const run = await rig.run(uploadOf({ maxConcurrency: 1 }), { input, node });
		expect(run.json[0].error).toMatchObject({ code: 'SignatureDoesNotMatch' });
		expect(run.json[1]).toMatchObject({ name: 'data.txt', size: 2 });
	});
});
