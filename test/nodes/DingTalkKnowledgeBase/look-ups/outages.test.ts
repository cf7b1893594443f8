import type { IDataObject, INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED, type CallName, type Fault } from '../../../services/dingtalk';
import { withoutWaits } from '../../support/haste';
import { locator } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();
const FILES = 8;

const busy: Fault = { kind: 'apiError', status: 503, code: 'operationTimeout' };
const noRight: Fault = { kind: 'apiError', status: 403, code: 'permissionDenied' };

async function upload(more: IDataObject = {}, credential: IDataObject = {}) {
	const contents = Array.from({ length: FILES }, (_, index) => `${index}`);
	const input = await rig.items(contents, (index) => ({ name: `${index}.txt` }));
	const parameters = uploadOf({ fileName: '={{ $json.name }}' }, more as INode['parameters']);
	const node = { onError: 'continueRegularOutput' } as const;
	const run = await withoutWaits(
		async () => await rig.run(parameters, { input, node, credential }),
	);
	return run.json.filter(({ error }) => error).length;
}

const withPath = { options: { fileName: '={{ $json.name }}', folderPath: 'New' } };
const byUserId = { operator: locator('userId', SEED.operator.userId) };

describe('one outage of a look-up that all items share', () => {
	// Five tries of one item see it; then the service is there again.
	it.each([
		['the token', 'token', {}],
		['the folder of a path', 'createFolder', withPath],
	] as Array<[string, CallName, IDataObject]>)(
		'fails one file of eight, not all: %s',
		async (_, call, more) => {
			rig.service.fail({ call, times: 5, fault: busy });
			expect(await upload(more)).toBe(1);
			expect(rig.service.files()).toHaveLength(FILES - 1);
		},
	);

	it('a refusal is the answer for all, at one call', async () => {
		rig.service.fail({
			call: 'userGet',
			times: Infinity,
			fault: { kind: 'answer', status: 200, body: { errcode: 60121, errmsg: 'x' } },
		});
		expect(await upload(byUserId)).toBe(FILES);
		expect(rig.service.callsOf('userGet')).toHaveLength(1);
	});

	it('a folder that may not be made and is not there is asked for once', async () => {
		rig.service.fail({ call: 'createFolder', times: Infinity, fault: noRight });
		expect(await upload(withPath)).toBe(FILES);
		expect(rig.service.callsOf('createFolder')).toHaveLength(1);
	});
});

describe('a permission that the app lacks', () => {
	const missing: Fault = {
		kind: 'apiError',
		status: 403,
		code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
		requiredScopes: ['Storage.UploadInfo.Read'],
	};

	it('costs one new token, however many items meet it', async () => {
		rig.service.fail({ call: 'uploadInfo', times: Infinity, fault: missing });
		const oneByOne = { options: { fileName: '={{ $json.name }}', maxConcurrency: 1 } };
		expect(await upload(oneByOne)).toBe(FILES);
		// The token of the test before is unknown to the service; beside its successor one is fetched.
		expect(rig.service.callsOf('token').length).toBeLessThanOrEqual(2);
	});
});
