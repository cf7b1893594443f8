import { describe, expect, it } from 'vitest';

import type { PdsCall, PdsFault } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { bytes, MIB, sha1, uploadOf, usePdsRig } from '../support/rig';

// A service that makes a file of whatever parts it has: nothing but the node sees that some are lost.
const rig = usePdsRig({ service: { checkSize: false, checkParts: false } });

const old = bytes(2.5 * MIB, 7);
const content = bytes(3.5 * MIB);
const ALL = [1, 2, 3, 4];

const MODES = {
	'in order': { partSize: 1, maxConcurrency: 1, checkNameMode: 'overwrite' },
	'in any order': { partSize: 1, maxConcurrency: 3, checkNameMode: 'overwrite' },
};

/** What is lost, and what the answer in place of the storage's has. */
const LOST = { first: [1], middle: [2], last: [4], 'last two': [3, 4], all: ALL };
const NOTHING = 'no header of the storage';
const ANSWERS: Record<string, Record<string, string>> = {
	[NOTHING]: {},
	'an ETag that is no checksum': { ETag: `"${'5F'.repeat(16)}-17"` },
};

const CASES = Object.entries(MODES).flatMap(([order, options]) =>
	Object.entries(LOST).flatMap(([which, parts]) =>
		Object.entries(ANSWERS).map(([answer, headers]) => ({
			...{ order, which, answer },
			...{ options, parts, headers },
		})),
	),
);

/** What is tried for as long as the node tries, which takes some seconds. */
const ALWAYS = new Set(['middle', 'last', 'all']);

const among = (parts: number[]) => (call: PdsCall) => parts.includes(Number(call.query.partNumber));

/** Uploads a new version of a file while parts meet a fault. */
async function overwrite(options: object, fault: PdsFault, parts: number[], times = parts.length) {
	await rig.upload(old, MODES['in order']);
	rig.service.calls.length = 0;
	rig.service.fail({ call: 'partPut', when: among(parts), times, fault });
	return await withoutWaits(async () => await rig.upload(content, { ...options }));
}

function expectNew(run: { error?: Error }) {
	expect(run.error).toBeUndefined();
	expect(rig.service.files()).toMatchObject([{ size: content.length, revision: 2 }]);
	expect(rig.service.files()[0].bytes?.equals(content)).toBe(true);
}

function expectOld() {
	expect(rig.service.files()).toMatchObject([{ size: old.length, sha1: sha1(old), revision: 1 }]);
	expect(rig.callNames()).not.toContain('completeFile');
}

describe('parts that something in between has taken and thrown away', () => {
	it.each(CASES)(
		'are sent again before the upload is completed: $which, $order, $answer',
		async ({ options, parts, headers }) => {
			expectNew(await overwrite(options, { kind: 'lostPart', headers }, parts));
			parts.forEach((part) => {
				expect(rig.partsPut().filter((number) => number === part)).toHaveLength(2);
			});
			expect(rig.service.callsOf('completeFile')).toHaveLength(1);
		},
	);

	it.each(CASES.filter(({ which, answer }) => ALWAYS.has(which) && answer !== NOTHING))(
		'leave the old version as it is when they are lost again and again: $which, $order',
		async ({ options, parts, headers }) => {
			const fault: PdsFault = { kind: 'lostPart', headers };
			const { shown } = await overwrite(options, fault, parts, Infinity);
			expect(shown).toMatchObject({
				message: 'The storage does not have all parts of the file that were sent',
				description: expect.stringContaining(`Missing: part ${parts[0]}`) as string,
				data: { code: 'PARTS_MISSING', step: 'putPart', outcome: 'notSent', partNumber: parts[0] },
			});
			expectOld();
		},
	);

	it('can be resumed when whatever lost them is gone', async () => {
		await rig.upload(old, MODES['in order']);
		let isLosing = true;
		const isLost = (call: PdsCall) => isLosing && among([2])(call);
		rig.service.fail({
			...{ call: 'partPut', when: isLost, times: Infinity },
			fault: { kind: 'lostPart' },
		});
		const { shown } = await rig.upload(content, MODES['in any order']);
		const { fileId, uploadId } = shown.data;
		expect(shown.description).toContain('Resume');
		const stored = rig.service.uploads()[0].parts.map(({ partNumber }) => partNumber);
		expect(stored).toEqual([1, 3, 4]);
		const input = [await rig.item({ data: content })];
		isLosing = false;
		const resume = { upload: { fileId, uploadId } };
		expectNew(await rig.run(uploadOf({ ...MODES['in any order'], resume }), { input }));
	});
});

describe.each(Object.entries(MODES))('parts that are stored, %s,', (_, options) => {
	const stripped: PdsFault = { kind: 'answerAfter', status: 200, elsewhere: true };
	const listing = (change: (parts: Array<Record<string, unknown>>) => unknown): PdsFault => ({
		kind: 'changedAnswer',
		change: (body) => ({
			...body,
			uploaded_parts: change(body.uploaded_parts as Array<Record<string, unknown>>),
		}),
	});

	it('are listed once when an answer proves nothing, and not sent again', async () => {
		expectNew(await overwrite(options, stripped, ALL));
		expect(rig.partsPut().sort()).toEqual(ALL);
		expect(rig.service.callsOf('listUploadedParts')).toHaveLength(1);
	});

	it('are listed when one of them was not proved', async () => {
		expectNew(await overwrite(options, stripped, [2]));
		expect(rig.service.callsOf('listUploadedParts')).toHaveLength(1);
	});

	it.each([
		['the CRC-64 alone', 'ETag'],
		['the ETag alone', 'x-oss-hash-crc64ecma'],
	])('are not listed when %s proves them', async (_name, missing) => {
		const change = (headers: Record<string, string>) =>
			Object.fromEntries(Object.entries(headers).filter(([name]) => name !== missing));
		expectNew(await overwrite(options, { kind: 'changedHeaders', change }, ALL));
		expect(rig.callNames()).not.toContain('listUploadedParts');
	});

	it('are listed after all of a small file, which is one part', async () => {
		rig.service.fail({ call: 'partPut', fault: stripped });
		const run = await rig.upload('', { ...options });
		expect(run.error).toBeUndefined();
		expect(rig.callNames().slice(-3)).toEqual(['partPut', 'listUploadedParts', 'completeFile']);
	});

	it.each<[string, (part: Record<string, unknown>) => Array<Record<string, unknown>>]>([
		['have another size', (part) => [{ ...part, part_size: 150_000 }]],
		['have another ETag', (part) => [{ ...part, etag: `"${'0'.repeat(32)}"` }]],
		['are missing between others', () => []],
		['have no ETag', (part) => [{ ...part, etag: '' }]],
		['have an ETag that tells nothing', (part) => [{ ...part, etag: 'W/"5f-17"' }]],
	])('are never completed when some of them %s', async (_name, other) => {
		const change = (parts: Array<Record<string, unknown>>) =>
			parts.flatMap((part) => (part.part_number === 2 ? other(part) : [part]));
		const always = { call: 'listUploadedParts', times: Infinity } as const;
		rig.service.fail({ ...always, fault: listing(change) });
		const { shown } = await overwrite(options, stripped, ALL, Infinity);
		const codes = ['PARTS_MISSING', 'UPLOAD_DIFFERS', 'PartNotSequential'];
		expect(codes).toContain(shown.data.code);
		expectOld();
	});

	it('are taken by an ETag that is no MD5 when answer and list have the same', async () => {
		const eTag = (number: unknown) => `"${'AB'.repeat(16)}-${String(number)}"`;
		const change = (parts: Array<Record<string, unknown>>) =>
			parts.map((part) => ({ ...part, etag: eTag(part.part_number) }));
		rig.service.fail({ call: 'listUploadedParts', fault: listing(change) });
		for (const part of ALL) {
			const fault: PdsFault = { kind: 'changedHeaders', change: () => ({ ETag: eTag(part) }) };
			rig.service.fail({ call: 'partPut', when: among([part]), fault });
		}
		const run = await withoutWaits(async () => await rig.upload(content, { ...options }));
		expect(run.error).toBeUndefined();
		expect(rig.partsPut().sort()).toEqual(ALL);
	});

	it('are not believed to be there by a list without ETags, also when one was lost', async () => {
		const without = (parts: Array<Record<string, unknown>>) =>
			[1, 2, 3, 4].map((number) => ({
				...{ ...parts[0], part_number: number, etag: '' },
				part_size: number === 4 ? MIB / 2 : MIB,
			}));
		const always = { call: 'listUploadedParts', times: Infinity } as const;
		rig.service.fail({ ...always, fault: listing(without) });
		const { shown } = await overwrite(options, { kind: 'lostPart' }, [2], Infinity);
		expect(['PARTS_MISSING', 'UPLOAD_DIFFERS']).toContain(shown.data.code);
		expectOld();
	});

	it('are never completed when the list is refused', async () => {
		const fault: PdsFault = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission.File' };
		rig.service.fail({ call: 'listUploadedParts', times: Infinity, fault });
		const { shown } = await overwrite(options, stripped, [2]);
		expect(shown.data).toMatchObject({ code: 'ForbiddenNoPermission.File' });
		expectOld();
	});

	it('are never completed with one that was not sent', async () => {
		const change = (parts: Array<Record<string, unknown>>) => [
			...parts,
			{ ...parts[0], part_number: 5 },
		];
		const always = { call: 'listUploadedParts', times: Infinity } as const;
		rig.service.fail({ ...always, fault: listing(change) });
		const { shown } = await overwrite(options, stripped, ALL, Infinity);
		expect(shown.data.code).toBe('UPLOAD_DIFFERS');
		expectOld();
	});
});

describe('a part that is proved', () => {
	it.each(Object.entries(MODES))('needs no other call, %s', async (_, options) => {
		await rig.upload(content, { ...options, checkNameMode: 'ignore' });
		const calls = new Set(rig.callNames());
		calls.delete('getUploadUrl');
		expect([...calls]).toEqual(['createFile', 'partPut', 'completeFile']);
	});
});
