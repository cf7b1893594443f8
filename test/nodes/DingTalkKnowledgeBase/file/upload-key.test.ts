import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED, type Fault } from '../../../services/dingtalk';
import { until } from '../../../until';
import { uploadOf, useRig } from '../support/rig';
import { useClock } from '../../support/clock';

const rig = useRig();
const pass = useClock();
const { empty } = SEED.folders;

/** A moment that a request can wait for. */
function moment() {
	let come = () => {};
	const came = new Promise<void>((resolve) => (come = resolve));
	const fault: Fault = { kind: 'hold', until: came };
	const answer: Fault = { kind: 'holdAnswer', until: came };
	return { fault, answer, come: () => come() };
}

const keysAsked = () => rig.service.callsOf('uploadInfo').filter(({ status }) => status === 200);
const commits = () => rig.service.callsOf('commit').map(({ status }) => status);

describe('an upload key, which lives 15 minutes', () => {
	it('is replaced and its file uploaded again when the file waited longer for its turn', async () => {
		const slow = moment();
		const isFirst = ({ headers }: { headers: Record<string, string> }) =>
			headers['content-length'] === String('first'.length);
		rig.service.fail({ call: 'ossPut', when: isFirst, fault: slow.fault });
		const input = await rig.items(['first', 'second']);
		const running = rig.run(uploadOf({ fileName: 'same.txt' }), { input });
		await until(() => rig.service.callsOf('ossPut').some(({ status }) => status === 200));
		pass(16);
		slow.come();
		const { status, json } = await running;
		expect(status).toBe('success');
		const files = rig.service.files(empty.dentryUuid);
		expect(files.map(({ name, bytes }) => [name, bytes?.toString()])).toEqual([
			['same.txt', 'first'],
			['same (1).txt', 'second'],
		]);
		// What was committed is what the item tells.
		const sent = rig.service.callsOf('commit').filter((call) => call.status === 200);
		expect(json.map(({ upload: told }) => (told as IDataObject).uploadKey)).toEqual(
			sent.map(({ body }) => (body as IDataObject).uploadKey),
		);
	});

	it('is tried when it ended while the file was sent, and the file uploaded again when it is refused', async () => {
		const slow = moment();
		rig.service.fail({ call: 'ossPut', fault: slow.answer });
		const running = rig.run(uploadOf(), { input: [await rig.item({ data: 'x' })] });
		await until(() => rig.service.objects().length === 1);
		pass(16);
		slow.come();
		expect((await running).status).toBe('success');
		expect(commits()).toEqual([400, 200]);
		expect(keysAsked()).toHaveLength(2);
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(1);
	});

	it('that ends during each of two PUTs is told to be too short a time', async () => {
		const slow = [moment(), moment()];
		for (const { answer } of slow) {
			rig.service.fail({ call: 'ossPut', fault: answer });
		}
		const running = rig.run(uploadOf(), { input: [await rig.item({ data: 'x' })] });
		for (const [index, { come }] of slow.entries()) {
			await until(() => rig.service.objects().length === index + 1);
			pass(16);
			come();
		}
		expect((await running).shown).toMatchObject({
			message: 'The upload took longer than DingTalk keeps an upload key',
			data: { code: 'paramError.uploadKey', outcome: 'refused' },
		});
		expect(rig.service.files(empty.dentryUuid)).toEqual([]);
	});

	it('that is refused twice ends in words', async () => {
		const code = 'paramError.uploadKey';
		const fault = { kind: 'apiError', status: 400, code } as const;
		rig.service.fail({ call: 'commit', times: Infinity, fault });
		const input = [await rig.item({ data: 'x' })];
		const { shown } = await rig.run(uploadOf(), { input });
		expect(shown).toMatchObject({
			message: 'DingTalk does not know the upload key',
			data: { code, outcome: 'refused' },
		});
		expect(commits()).toEqual([400, 400]);
		expect(keysAsked()).toHaveLength(2);
	});
});
