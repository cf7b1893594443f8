import { expect, it, describe } from 'vitest';

import { uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();

describe('after one file has failed', () => {
	it('no call of another one is made again', async () => {
		const busy = { kind: 'answer', status: 503, headers: { 'retry-after': '20' } } as const;
		const bad = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission.File' } as const;
		rig.service.fail({ call: 'createFile', fault: busy });
		rig.service.fail({ call: 'createFile', fault: bad });
		const input = await rig.items(['a', 'b']);
		const run = await rig.run(uploadOf(), { input });
		expect(run.shown.data).toMatchObject({ code: 'ForbiddenNoPermission.File' });
		expect(rig.callNames()).toEqual(['createFile', 'createFile']);
	});
});
