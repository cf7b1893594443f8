import type { IDataObject, INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED, type Fault } from '../../../services/dingtalk';
import { until } from '../../../until';
import { locator, useBench } from '../../support/bench';
import { useClock } from '../../support/clock';

const bench = useBench();
const pass = useClock();
const { empty } = SEED.folders;

const upload = (options: IDataObject = {}) =>
	({
		resource: 'file',
		operation: 'upload',
		parent: locator('id', empty.dentryUuid),
		options,
	}) as INode['parameters'];

/** A moment that a request can wait for. */
function moment() {
	let come = () => {};
	const came = new Promise<void>((resolve) => (come = resolve));
	const fault: Fault = { kind: 'hold', until: came };
	const answer: Fault = { kind: 'holdAnswer', until: came };
	return { fault, answer, come: () => come() };
}

const keysAsked = () => bench.local.callsOf('uploadInfo').filter(({ status }) => status === 200);
const commits = () => bench.local.callsOf('commit').map(({ status }) => status);

describe('an upload key, which lives 15 minutes', () => {
	it('is replaced and its file uploaded again when the file waited longer for its turn', async () => {
		const slow = moment();
		const isFirst = ({ headers }: { headers: Record<string, string> }) =>
			headers['content-length'] === String('first'.length);
		bench.local.fail({ call: 'ossPut', when: isFirst, fault: slow.fault });
		const input = [await bench.item({ data: 'first' }), await bench.item({ data: 'second' })];
		const running = bench.run(upload({ fileName: 'same.txt' }), { input });
		await until(() => bench.local.callsOf('ossPut').some(({ status }) => status === 200));
		pass(16);
		slow.come();
		const { status, json } = await running;
		expect(status).toBe('success');
		const files = bench.local.files(empty.dentryUuid);
		expect(files.map(({ name, bytes }) => [name, bytes?.toString()])).toEqual([
			['same.txt', 'first'],
			['same (1).txt', 'second'],
		]);
		// What was committed is what the item tells.
		const sent = bench.local.callsOf('commit').filter((call) => call.status === 200);
		expect(json.map(({ upload: told }) => (told as IDataObject).uploadKey)).toEqual(
			sent.map(({ body }) => (body as IDataObject).uploadKey),
		);
	});

	it('is tried when it ended while the file was sent, and the file uploaded again when it is refused', async () => {
		const slow = moment();
		bench.local.fail({ call: 'ossPut', fault: slow.answer });
		const running = bench.run(upload(), { input: [await bench.item({ data: 'x' })] });
		await until(() => bench.local.objects().length === 1);
		pass(16);
		slow.come();
		expect((await running).status).toBe('success');
		expect(commits()).toEqual([400, 200]);
		expect(keysAsked()).toHaveLength(2);
		expect(bench.local.files(empty.dentryUuid)).toHaveLength(1);
	});

	it('that ends during each of two PUTs is told to be too short a time', async () => {
		const slow = [moment(), moment()];
		for (const { answer } of slow) {
			bench.local.fail({ call: 'ossPut', fault: answer });
		}
		const running = bench.run(upload(), { input: [await bench.item({ data: 'x' })] });
		for (const [index, { come }] of slow.entries()) {
			await until(() => bench.local.objects().length === index + 1);
			pass(16);
			come();
		}
		expect((await running).shown).toMatchObject({
			message: 'The upload took longer than DingTalk keeps an upload key',
			data: { code: 'paramError.uploadKey', outcome: 'refused' },
		});
		expect(bench.local.files(empty.dentryUuid)).toEqual([]);
	});

	it('that is refused twice ends in words', async () => {
		const code = 'paramError.uploadKey';
		const fault = { kind: 'apiError', status: 400, code } as const;
		bench.local.fail({ call: 'commit', times: Infinity, fault });
		const input = [await bench.item({ data: 'x' })];
		const { shown } = await bench.run(upload(), { input });
		expect(shown).toMatchObject({
			message: 'DingTalk does not know the upload key',
			data: { code, outcome: 'refused' },
		});
		expect(commits()).toEqual([400, 400]);
		expect(keysAsked()).toHaveLength(2);
	});
});
