import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import type { PdsFault } from '../../../services/pds';
import { bytes, PART, partSize, sha1, uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig({ service: { checkSize: false } });

/** Bytes of the last part of the file that fails. */
const REST = 200_000;
const named = (options: IDataObject) => uploadOf({ fileName: '={{ $json.name }}', ...options });

async function items(contents: Array<string | Buffer>, nameOf = (index: number) => `${index}.bin`) {
	return await Promise.all(
		contents.map(async (data, index) => await rig.item({ data }, { name: nameOf(index) })),
	);
}

describe('when another file of the run fails', () => {
	it.each([2, 4])(
		'no half-sent file replaces a good one, %i parts at a time',
		async (maxConcurrency) => {
			const old = [1, 2, 3].map((seed) => bytes(3 * PART, seed));
			await rig.run(named({ partSize }), { input: await items(old) });
			const fresh = [4, 5, 6].map((seed) => bytes(3 * PART, seed));
			// Of the one that fails the last part is refused: others are on their way by then.
			const isLast = ({ headers }: { headers: Record<string, string> }) =>
				headers['content-length'] === String(REST);
			const refused: PdsFault = { kind: 'ossError', status: 400, code: 'InvalidArgument' };
			rig.service.fail({ call: 'partPut', when: isLast, fault: refused });
			rig.service.fail({
				...{ call: 'partPut', times: Infinity },
				fault: { kind: 'slow', bytesPerSecond: PART },
			});
			const options = { partSize, maxConcurrency, checkNameMode: 'overwrite' };
			const [first, ...others] = await items([...fresh, bytes(PART + REST)]);
			const input = [first, others.pop() as typeof first, ...others];
			const { shown } = await rig.run(named(options), { input });
			expect(shown.data).toMatchObject({ code: 'InvalidArgument', step: 'putPart' });
			const files = rig.service.files().sort((one, two) => (one.name < two.name ? -1 : 1));
			expect(files.map(({ size }) => size)).toEqual([3 * PART, 3 * PART, 3 * PART]);
			files.forEach((file, index) => {
				expect([sha1(old[index]), sha1(fresh[index])]).toContain(file.sha1);
			});
		},
	);
});

describe('files of one name in one run', () => {
	const same = () => 'same.txt';

	it('become versions of one file with overwrite, the last item wins', async () => {
		const input = await items(['one', 'second', 'the third'], same);
		const { json } = await rig.run(named({ checkNameMode: 'overwrite' }), { input });
		expect(new Set(json.map(({ file_id: id }) => id)).size).toBe(1);
		expect(rig.service.files()).toMatchObject([{ sha1: sha1('the third'), revision: 3 }]);
	});

	it('are one file with refuse, the first item wins', async () => {
		const input = await items(['one', 'second'], same);
		const { json } = await rig.run(named({ checkNameMode: 'refuse' }), { input });
		expect(json).toMatchObject([{ upload: { how: 'sent' } }, { upload: { how: 'exist' } }]);
		expect(rig.service.files()).toMatchObject([{ sha1: sha1('one'), revision: 1 }]);
	});
});

describe('a folder that has the name of the file', () => {
	it.each(['refuse', 'overwrite'])(
		'is said to be one with %s, and nothing is sent',
		async (mode) => {
			const { service: local } = rig;
			const folder = { drive_id: '1', parent_file_id: 'root', name: 'data.txt', type: 'folder' };
			const made = await fetch(`${local.apiUrl}/v2/file/create`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					authorization: `Bearer ${local.seed.accessToken}`,
				},
				body: JSON.stringify(folder),
			});
			expect(made.ok).toBe(true);
			const { shown } = await rig.upload('x', { checkNameMode: mode });
			expect(shown.data).toMatchObject({ code: 'NAME_OF_FOLDER', outcome: 'refused' });
			expect(rig.partsPut()).toEqual([]);
		},
	);
});

describe('an answer that the file exists', () => {
	const exists = (more: IDataObject = {}): PdsFault => ({
		...{ kind: 'answer', status: 200 },
		body: { file_id: 'f', exist: true, ...more },
	});

	it('to the request for a new version is no success: nothing was stored', async () => {
		rig.service.fail({ call: 'createFile', times: Infinity, fault: exists() });
		const { shown } = await rig.upload('x', { checkNameMode: 'overwrite' });
		expect(shown.data).toMatchObject({ code: 'NOT_OVERWRITTEN', outcome: 'refused' });
		expect(rig.partsPut()).toEqual([]);
	});

	it('but is still being uploaded is no file that could be kept', async () => {
		rig.service.fail({ call: 'createFile', fault: exists({ status: 'uploading' }) });
		const { shown } = await rig.upload('x', { checkNameMode: 'refuse' });
		expect(shown.data).toMatchObject({ code: 'NOT_AVAILABLE', outcome: 'refused' });
	});
});
