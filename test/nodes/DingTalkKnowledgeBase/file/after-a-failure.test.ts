import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { empty } = SEED.folders;

describe('after one file has failed', () => {
	it('files of the same name that waited for it are not committed', async () => {
		const refused = { kind: 'apiError', status: 403, code: 'permissionDenied' } as const;
		rig.service.fail({ call: 'commit', fault: refused });
		const run = await rig.run(uploadOf(), { input: await rig.items(['a', 'bb', 'ccc']) });
		expect(run.shown.data).toMatchObject({ code: 'permissionDenied' });
		expect(rig.service.callsOf('commit')).toHaveLength(1);
		expect(rig.service.files(empty.dentryUuid)).toEqual([]);
	});

	it('no folder is made and no other call begun', async () => {
		const busy = { kind: 'answer', status: 503, headers: { 'retry-after': '30' } } as const;
		rig.service.fail({ call: 'queryDentryId', fault: busy });
		const bad = { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } as const;
		// A connection that broke before its answer was read is tried again.
		rig.service.fail({ call: 'ossPut', times: Infinity, fault: bad });
		const input = [
			await rig.item({ data: 'a' }, { folder: '/' }),
			await rig.item({ data: 'b' }, { folder: 'New' }),
		];
		const run = await rig.run(uploadOf({ folderPath: '={{ $json.folder }}' }), { input });
		expect(run.shown.data).toMatchObject({ code: 'SignatureDoesNotMatch' });
		expect(rig.callNames()).not.toContain('createFolder');
		const infos = rig.service.callsOf('uploadInfo');
		expect(infos.every(({ path }) => path.includes(empty.dentryUuid))).toBe(true);
	});

	it('the error tells which others are stored', async () => {
		rig.service.fail({
			call: 'commit',
			after: 1,
			fault: { kind: 'apiError', status: 403, code: 'permissionDenied' },
		});
		const input = await rig.items(['a', 'b']);
		const run = await rig.run(uploadOf({ maxConcurrency: 1 }), { input });
		expect(run.shown.description).toContain('1 file is stored anyway: data.txt (upload key');
		const [{ uuid }] = rig.service.files(empty.dentryUuid);
		expect(run.shown.data.stored).toMatchObject([{ itemIndex: 0, fileName: 'data.txt', uuid }]);
	});
});
