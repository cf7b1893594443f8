import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED, type Fault } from '../../../services/dingtalk';
import { until } from '../../../until';
import { uploadOf, useRig } from '../../DingTalkKnowledgeBase/support/rig';

const rig = useRig();
const { empty } = SEED.folders;

const upload = (options: IDataObject = {}) =>
	uploadOf({ fileName: '={{ $json.name }}', ...options });

async function items(count: number) {
	const contents = Array.from({ length: count }, (_, index) => `${index}`);
	return await rig.items(contents, (index) => ({ name: `file-${index}.txt` }));
}

const named = (name: string) => (call: { body?: unknown }) =>
	(call.body as { name?: string } | undefined)?.name === name;
const isAnswered = ({ status }: { status: number }) => status !== 0;
const refused: Fault = { kind: 'apiError', status: 403, code: 'permissionDenied' };
const lost: Fault = { kind: 'reset', when: 'afterWork' };

describe('the error of a run that stops at its first failure', () => {
	it('names the file whose fate became unknown meanwhile, with its upload key', async () => {
		// Each is refused, or lost, when the other is on its way: none is begun after the first failure.
		const commits = () => rig.service.callsOf('commit');
		const begun = until(() => commits().some(named('file-1.txt')));
		const answered = until(() => commits().some(isAnswered));
		const first: Fault = { kind: 'hold', until: begun, then: refused };
		const later: Fault = { kind: 'hold', until: answered, then: lost };
		rig.service.fail({ call: 'commit', when: named('file-0.txt'), fault: first });
		rig.service.fail({ call: 'commit', when: named('file-1.txt'), fault: later });
		const { shown } = await rig.run(upload(), { input: await items(2) });
		expect(shown.data).toMatchObject({ code: 'permissionDenied', fileName: 'file-0.txt' });
		const second = commits().find(named('file-1.txt'));
		const { uploadKey } = second?.body as { uploadKey: string };
		expect(shown.description).toContain(
			`It is unknown whether this file was stored: file-1.txt (upload key ${uploadKey}).`,
		);
		expect(shown.data.unknown).toMatchObject([
			{ itemIndex: 1, fileName: 'file-1.txt', uploadKey, parentDentryUuid: empty.dentryUuid },
		]);
	});

	it('lists some of many files, and all of them in the details', async () => {
		rig.service.fail({ call: 'commit', when: named('file-30.txt'), fault: refused });
		const { shown } = await rig.run(upload({ maxConcurrency: 1 }), { input: await items(40) });
		expect(shown.data).toMatchObject({ code: 'permissionDenied', fileName: 'file-30.txt' });
		const stored = shown.data.stored as IDataObject[];
		expect(stored.map(({ fileName }) => fileName)).toEqual(
			Array.from({ length: 30 }, (_, index) => `file-${index}.txt`),
		);
		const files = rig.service.files(empty.dentryUuid);
		expect(stored.map(({ uuid }) => uuid)).toEqual(files.map(({ uuid }) => uuid));
		for (const { uploadKey } of stored) expect(uploadKey).toEqual(expect.any(String));
		expect(shown.description).toMatch(
			/30 files are stored anyway: file-0\.txt .*, file-9\.txt .* and 20 more \(all of them in the details\)\./,
		);
	});

	it('says nothing of others where there are none', async () => {
		rig.service.fail({ call: 'commit', fault: refused });
		const { shown } = await rig.run(upload(), { input: await items(1) });
		expect(shown.description).not.toContain('stored anyway');
		expect(shown.data).not.toHaveProperty('stored');
		expect(shown.data).not.toHaveProperty('unknown');
	});
});
