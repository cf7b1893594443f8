import { expect, it, describe } from 'vitest';

import { uploadOf, usePds } from '../support/bench';

const bench = usePds();

describe('after one file has failed', () => {
	it('no call of another one is made again', async () => {
		const busy = { kind: 'answer', status: 503, headers: { 'retry-after': '20' } } as const;
		const bad = { kind: 'apiError', status: 403, code: 'ForbiddenNoPermission.File' } as const;
		bench.local.fail({ call: 'createFile', fault: busy });
		bench.local.fail({ call: 'createFile', fault: bad });
		const input = [await bench.item({ data: 'a' }), await bench.item({ data: 'b' })];
		const run = await bench.run(uploadOf(), { input });
		expect(run.shown.data).toMatchObject({ code: 'ForbiddenNoPermission.File' });
		expect(bench.callNames()).toEqual(['createFile', 'createFile']);
	});
});
