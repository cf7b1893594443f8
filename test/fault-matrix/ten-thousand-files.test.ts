import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import type { CallName } from '../services/dingtalk';
import { FOLDER } from '../nodes/DingTalkKnowledgeBase/support/uploads';
import { FAILING } from './chaos';
import { uploadMany, type Throng } from './many-files';

const SEED = 20261121;

/** Every stored file has the bytes of the file of its name, and no file is there twice. */
function expectNothingDoubled(throng: Throng): void {
	const files = throng.service.files(FOLDER);
	expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
	for (const { name, sha256 } of files) expect(sha256, name).toBe(throng.hashes.get(name));
}

/** Requests of this kind that failed, as a share of all. */
function shareOf({ service, failed }: Throng, call: CallName): number {
	return (failed.get(call) ?? 0) / service.callsOf(call).length;
}

describe(`a service that fails 5 % of all requests (seed ${SEED})`, () => {
	it('stores 10,000 files once each, byte by byte the same', async () => {
		const many = { files: 10_000, seed: SEED, conflictStrategy: 'OVERWRITE' };
		await uploadMany(many, (throng) => {
			const { result, items, hashes } = throng;
			expect(result.error?.message).toBeUndefined();
			expect(items.map(({ json }) => json.name)).toEqual([...hashes.keys()]);
			expect(throng.service.files(FOLDER)).toHaveLength(hashes.size);
			expectNothingDoubled(throng);
			for (const call of Object.keys(FAILING) as CallName[]) {
				expect(shareOf(throng, call), call).toBeCloseTo(0.05, 2);
			}
		});
	});

	it.concurrent.each([
		undefined,
		'AUTO_RENAME',
		'RETURN_ERROR_IF_EXISTS',
		'RETURN_DENTRY_IF_EXISTS',
	])(
		'with 1,000 files and the strategy %s loses and doubles none without saying so',
		async (conflictStrategy) => {
			const onError = 'continueRegularOutput' as const;
			const many = { files: 1_000, seed: SEED, conflictStrategy, onError };
			await uploadMany(many, (throng) => {
				expect(throng.items).toHaveLength(throng.hashes.size);
				expectNothingDoubled(throng);
				expectTold(throng);
				const unknown = throng.items.filter(({ json }) => json.error).length;
				if (conflictStrategy === 'RETURN_DENTRY_IF_EXISTS') expect(unknown).toBe(0);
				else expect(unknown).toBeGreaterThan(10);
			});
		},
	);
});

/** Each item tells the truth about its file. */
function expectTold(throng: Throng): void {
	const files = new Map(throng.service.files(FOLDER).map((file) => [file.name, file]));
	const commits = throng.service.callsOf('commit').map(({ body }) => body as IDataObject);
	const keys = new Map(commits.map(({ name, uploadKey }) => [name as string, uploadKey]));
	for (const [index, name] of [...throng.hashes.keys()].entries()) {
		const { json, pairedItem } = throng.items[index];
		expect(pairedItem).toEqual({ item: index });
		if (!json.error) {
			expect(json, name).toMatchObject({ name, uuid: files.get(name)?.uuid });
			continue;
		}
		// The only thing that is not repeated is a commit that may have been carried out.
		const uploadKey = keys.get(name);
		expect(json, name).toMatchObject({
			error: {
				message: `It is unknown whether "${name}" was committed`,
				...{ outcome: 'unknown', step: 'commit', fileName: name, uploadKey },
			},
		});
	}
}
