import { describe, expect, it } from 'vitest';

import { SEED } from '../../../local-dingtalk';
import { locator, useBench } from '../../support/bench';

const bench = useBench();

async function uploadInOneBatch(contents: string[], conflictStrategy: string) {
	const input = [];
	for (const content of contents) input.push(await bench.item({ data: content }));
	return await bench.run(
		{
			resource: 'file',
			operation: 'upload',
			parent: locator('id', SEED.folders.empty.dentryUuid),
			options: { conflictStrategy },
		},
		{ input },
	);
}

/** The first files are held up, so that the last ones are ready long before them. */
function holdUpTheFirst() {
	bench.local.fail({ call: 'ossPut', times: 2, fault: { kind: 'delay', ms: 150 } });
}

describe('files of one name in one batch', () => {
	it('are renamed in the order of the items', async () => {
		holdUpTheFirst();
		const { json } = await uploadInOneBatch(['a', 'bb', 'ccc', 'dddd'], 'AUTO_RENAME');
		expect(json.map(({ name, size }) => [name, size])).toEqual([
			['data.txt', 1],
			['data (1).txt', 2],
			['data (2).txt', 3],
			['data (3).txt', 4],
		]);
	});

	it('leave the last item when they overwrite each other', async () => {
		holdUpTheFirst();
		const { json } = await uploadInOneBatch(['a', 'bb', 'ccc'], 'OVERWRITE');
		expect(json.map(({ version }) => version)).toEqual([1, 2, 3]);
		const files = bench.local.files(SEED.folders.empty.dentryUuid);
		expect(files).toMatchObject([{ name: 'data.txt', size: 3 }]);
	});

	it('do not wait for one that has failed', async () => {
		bench.local.fail({
			call: 'ossPut',
			fault: { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' },
		});
		const input = [await bench.item({ data: 'a' }), await bench.item({ data: 'bb' })];
		const run = await bench.run(
			{
				resource: 'file',
				operation: 'upload',
				parent: locator('id', SEED.folders.empty.dentryUuid),
				options: { maxConcurrency: 1 },
			},
			{ input, node: { onError: 'continueRegularOutput' } },
		);
		expect(run.json[0].error).toMatch(/signature/);
		expect(run.json[1]).toMatchObject({ name: 'data.txt', size: 2 });
	});
});
