import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import type { CallName } from '../../../services/dingtalk';
import { uploadOf, uploadResourceOf, useRig } from '../support/rig';
import { useClock } from '../../support/clock';

const rig = useRig();
const pass = useClock();

describe('a signature, which lives 15 minutes', () => {
	// It is replaced a minute before its end, while the storage still takes it.
	it.each<[string, INode['parameters'], CallName, CallName]>([
		['of a file', uploadOf(), 'uploadInfo', 'ossPut'],
		['of a resource', uploadResourceOf(), 'docUploadInfo', 'docPut'],
	])('%s is renewed near its end before a PUT begins again', async (_, parameters, info, put) => {
		const when = () => {
			pass(14.5);
			return true;
		};
		rig.service.fail({ call: put, when, fault: { kind: 'answer', status: 503 } });
		const run = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
		expect(run.status).toBe('success');
		const calls = rig.service.calls.filter(({ name }) => name === info || name === put);
		// The token of the test before is refused.
		const known = calls.filter(({ code }) => code !== 'InvalidAuthentication');
		expect(known.map(({ name, status }) => [name, status])).toEqual([
			[info, 200],
			[put, 503],
			[info, 200],
			[put, 200],
		]);
	});
});
