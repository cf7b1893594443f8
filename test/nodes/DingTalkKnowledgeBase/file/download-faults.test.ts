import type { INode } from 'n8n-workflow';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { needs } from '../../../engine/features';
import type { Fault } from '../../../services/dingtalk';
import { withoutWaits } from '../../support/haste';
import { openFiles, openSockets } from '../../support/open-handles';
import { useClock } from '../../support/clock';
import { bytesIn, bytesOf, storeFile } from '../support/downloads';
import { useRig } from '../support/rig';

const rig = useRig();
const pass = useClock();
const SIZE = 3_000_000;
const BYTES = bytesOf(SIZE);

const parameters = (options: INode['parameters'] = {}) => ({
	resource: 'file',
	operation: 'download',
	options,
});

/** Downloads a file of 3 MB whose GETs meet these faults, one after the other. */
async function run(faults: Fault[], options?: INode['parameters']) {
	const { item } = await storeFile(rig, 'report.bin', BYTES);
	for (const fault of faults) rig.service.fail({ call: 'ossGet', fault });
	return await withoutWaits(async () => await rig.run(parameters(options), { input: [item] }));
}

const gets = () => rig.service.callsOf('ossGet');
const rangesOf = () => gets().map(({ headers }) => headers.range);

async function expectWhole(result: Awaited<ReturnType<typeof run>>, attempts: number) {
	expect(result.error).toBeUndefined();
	expect((await bytesIn(rig, result)).equals(BYTES)).toBe(true);
	expect(result.json[0]).toMatchObject({ download: { bytes: SIZE, attempts } });
}

const cut = (afterBytes: number): Fault => ({ kind: 'reset', when: 'duringBody', afterBytes });
const unchanged = (headers: Record<string, string>) => headers;
const without = (...names: string[]) => ({
	kind: 'changedHeaders' as const,
	change: (headers: Record<string, string>) =>
		Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
});

describe('a download that breaks off', () => {
	it('goes on where it stopped, as often as it has to', async () => {
		const result = await run([{ kind: 'truncatedAnswer' }, { kind: 'truncatedAnswer' }]);
		await expectWhole(result, 3);
		const [first, ...others] = gets();
		expect(first.headers.range).toBeUndefined();
		const md5 = rig.service.files()[0].md5.toUpperCase();
		for (const { headers, status } of others) {
			expect(headers['if-match']).toBe(`"${md5}"`);
			expect(headers.range).toMatch(/^bytes=[1-9]\d*-$/);
			expect(headers['x-oss-range-behavior']).toBeUndefined();
			expect(status).toBe(206);
		}
		// What was on its way when it broke may be lost.
		const [, from] = /^bytes=(\d+)-$/.exec(String(rangesOf()[1])) ?? [];
		expect(Number(from)).toBeLessThanOrEqual(SIZE / 2);
	});

	it.each<[string, Fault]>([
		['with a reset', cut(1_000_000)],
		['before its answer', { kind: 'reset', when: 'beforeBody' }],
		['after the work', { kind: 'reset', when: 'afterWork' }],
		['with an error of the storage', { kind: 'ossError', status: 503, code: 'ServiceBusy' }],
		['with half a page', { kind: 'answer', status: 502, body: '<html>' }],
		['with the page of a portal', { kind: 'answer', status: 200, body: '<html>', elsewhere: true }],
		['and stalls', { kind: 'stall', afterBytes: 200_000 }],
		['and stalls before its answer', { kind: 'stallAnswer' }],
	])('%s is whole in the end', async (_how, fault) => {
		await expectWhole(await run([fault], { timeout: 1_000 }), 2);
	});

	it('begins again where the storage ignores ranges, and gives on only what is missing', async () => {
		const result = await run([cut(1_500_000), { kind: 'noRanges' }]);
		await expectWhole(result, 2);
		expect(gets()[1]).toMatchObject({ status: 200, bytes: SIZE });
	});

	it('is given up when the storage breaks off again and again without any progress', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		rig.service.fail({ call: 'ossGet', times: Infinity, fault: cut(0) });
		const { shown } = await withoutWaits(
			async () => await rig.run(parameters(), { input: [item] }),
		);
		expect(shown.message).toMatch(/^The connection to 127\.0\.0\.1:\d+ broke$/);
		expect(shown.data).toMatchObject({ step: 'download', fileName: 'report.bin', attempts: 5 });
		expect(gets()).toHaveLength(5);
	});
});

describe('a download whose file changes', () => {
	const other: Fault = { kind: 'otherBytes', bytes: bytesOf(2_000_000, 'new'), change: unchanged };

	it('starts again from the beginning, and gives nothing of the old one', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		rig.service.fail({ call: 'ossGet', fault: { kind: 'truncatedAnswer' } });
		rig.service.fail({ call: 'ossGet', fault: other });
		const result = await withoutWaits(async () => await rig.run(parameters(), { input: [item] }));
		await expectWhole(result, 3);
		expect(gets().map(({ status }) => status)).toEqual([200, 412, 200]);
	});

	it('asks DingTalk again where the item tells another size', async () => {
		const { item } = await storeFile(rig, 'report.bin', bytesOf(10));
		await storeFile(rig, 'report.bin', BYTES);
		const result = await rig.run(parameters(), { input: [item] });
		await expectWhole(result, 1);
		expect(result.json[0]).toMatchObject({ size: SIZE, version: 2 });
		expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet', 'getDentry']);
	});

	it('and of which DingTalk tells another size than came is an error', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		rig.service.fail({ call: 'ossGet', fault: other });
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.message).toBe('The downloaded file is not as long as DingTalk says');
		expect(shown.data).toMatchObject({ code: 'LENGTH_MISMATCH', step: 'download' });
	});
});

describe('bytes that are not those of the storage', () => {
	it.each(['first', 'middle', 'last'] as const)(
		'are noticed by the CRC-64, and fetched again: the %s',
		async (at) => {
			await expectWhole(await run([{ kind: 'corrupt', at }]), 2);
			expect(rangesOf()).toEqual([undefined, undefined]);
		},
	);

	it('are never a file', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		rig.service.fail({ call: 'ossGet', times: Infinity, fault: { kind: 'corrupt' } });
		const result = await withoutWaits(async () => await rig.run(parameters(), { input: [item] }));
		expect(result.shown.message).toBe('Other bytes came than the storage holds');
		expect(result.shown.data).toMatchObject({ code: 'CHECKSUM_MISMATCH', step: 'download' });
		expect(result.items('DingTalk')).toEqual([]);
	});

	it('are noticed by the MD5 where something has removed the CRC-64', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const spoilt: Fault = {
			kind: 'otherBytes',
			bytes: bytesOf(SIZE, 'spoilt'),
			change: (headers) => ({
				...without('x-oss-hash-crc64ecma').change(headers),
				ETag: `"${rig.service.files()[0].md5.toUpperCase()}"`,
			}),
		};
		rig.service.fail({ call: 'ossGet', fault: spoilt });
		const result = await withoutWaits(async () => await rig.run(parameters(), { input: [item] }));
		await expectWhole(result, 2);
	});

	it('do not pass as the file when fewer came than DingTalk says', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const few: Fault = {
			kind: 'otherBytes',
			bytes: BYTES.subarray(0, 1_000_000),
			change: without('Content-Length', 'ETag', 'Content-MD5', 'x-oss-hash-crc64ecma').change,
		};
		rig.service.fail({ call: 'ossGet', fault: few });
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.data).toMatchObject({ code: 'LENGTH_MISMATCH' });
	});

	it('may come without a length, if the checksum is right', async () => {
		await expectWhole(await run([without('Content-Length')]), 1);
	});
});

describe('a signature of a download', () => {
	it.each(['AccessDenied', 'RequestTimeTooSkewed'])(
		'that is refused with %s is replaced at once, and once',
		async (code) => {
			await expectWhole(await run([{ kind: 'ossError', status: 403, code }]), 2);
			expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet', 'downloadInfo', 'ossGet']);
		},
	);

	it('that is refused again is an error in words', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const fault: Fault = { kind: 'ossError', status: 403, code: 'AccessDenied' };
		rig.service.fail({ call: 'ossGet', times: Infinity, fault });
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.message).toBe('The storage refused access to the file');
		expect(shown.description).toMatch(/Check the clock of the n8n server/);
		expect(gets()).toHaveLength(2);
	});

	it('is renewed near its end before a download goes on', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const when = () => {
			pass(14.5);
			return true;
		};
		rig.service.fail({ call: 'ossGet', when, fault: { kind: 'truncatedAnswer' } });
		const result = await rig.run(parameters(), { input: [item] });
		await expectWhole(result, 2);
		expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet', 'downloadInfo', 'ossGet']);
	});

	it('is not replaced for a break in the middle: it was good', async () => {
		await expectWhole(await run([{ kind: 'truncatedAnswer' }]), 2);
		expect(rig.callNames()).toEqual(['downloadInfo', 'ossGet', 'ossGet']);
	});
});

describe('what the storage refuses', () => {
	it.each<[number, string, string]>([
		[404, 'NoSuchKey', 'The storage no longer has the file'],
		[403, 'InvalidObjectState', 'The storage has archived the file'],
		[403, 'SignatureDoesNotMatch', 'The storage did not accept the signature of the download'],
		[400, 'SomethingNew', 'The storage did not give the file (HTTP 400)'],
	])('is said in words: %i %s', async (status, code, title) => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		rig.service.fail({
			call: 'ossGet',
			times: Infinity,
			fault: { kind: 'ossError', status, code },
		});
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.message).toBe(title);
		expect(shown.description).toMatch(/^[A-Z].+\./);
		expect(shown.data).toMatchObject({ code, step: 'download', fileName: 'report.bin' });
	});

	it('redirects are not followed', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const fault: Fault = { kind: 'redirect', status: 302, location: rig.service.apiUrl };
		rig.service.fail({ call: 'ossGet', times: Infinity, fault });
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.description).toMatch(/redirect, which is not followed for downloads/);
		expect(rig.callNames()).not.toContain('unknown');
	});

	it('and headers that no storage signs are not sent', async () => {
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const change = (body: Record<string, unknown>) => ({
			headerSignatureInfo: { ...(body.headerSignatureInfo as object), headers: { Host: 'a' } },
		});
		const fault: Fault = { kind: 'changedAnswer', change };
		rig.service.fail({ call: 'downloadInfo', times: Infinity, fault });
		const { shown } = await rig.run(parameters(), { input: [item] });
		expect(shown.data).toMatchObject({ code: 'UNSAFE_SIGNED_HEADERS', step: 'getDownloadInfo' });
		expect(gets()).toEqual([]);
	});
});

describe('after a download', () => {
	const sockets = () => openSockets(rig.service.ossUrl);
	const stored = () =>
		readdirSync(rig.engine.dataFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
			/binary_data\/[^/]+$/.test(path),
		);

	it('that failed, nothing of the file is kept, open or connected', async (context) => {
		needs(context, 'a store that removes what it has of a broken file');
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const before = stored();
		const connected = sockets();
		rig.service.fail({ call: 'ossGet', times: Infinity, fault: { kind: 'corrupt', at: 'last' } });
		await withoutWaits(async () => await rig.run(parameters(), { input: [item] }));
		expect(stored()).toEqual(before);
		expect(openFiles(rig.engine.dataFolder)).toEqual([]);
		// One may be kept for the next download.
		await expect.poll(sockets).toBeLessThanOrEqual(connected + 1);
	});

	it('that was stopped, nothing is kept, open or connected', async (context) => {
		needs(context, 'a store that removes what it has of a broken file');
		const { item } = await storeFile(rig, 'report.bin', BYTES);
		const before = stored();
		const connected = sockets();
		const stop = new AbortController();
		rig.service.fail({ call: 'ossGet', fault: { kind: 'slow', bytesPerSecond: 1_000_000 } });
		const running = rig.run(parameters(), { input: [item], signal: stop.signal });
		await expect.poll(() => gets()[0]?.bytes ?? 0).toBeGreaterThan(500_000);
		stop.abort();
		expect((await running).status).toBe('canceled');
		await expect.poll(stored).toEqual(before);
		await expect.poll(() => openFiles(rig.engine.dataFolder)).toEqual([]);
		await expect.poll(sockets).toBeLessThanOrEqual(connected);
		expect(gets()).toHaveLength(1);
	});

	it('its connection is kept for the next one', async () => {
		await run([]);
		await run([]);
		expect(new Set(gets().map(({ connection }) => connection)).size).toBe(1);
	});
});
