import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { welcome } = SEED.files;

const get = (parameters = {}) => ({ resource: 'file', operation: 'get', ...parameters });

describe('Get File', () => {
	it('gives what DingTalk tells of a file, with its link', async () => {
		const run = await rig.run(get({ file: locator('id', welcome.dentryUuid) }));
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ uuid: welcome.dentryUuid, name: welcome.name, size: 12, path: `/${welcome.name}` },
		]);
		expect(run.json[0].webUrl).toBe(welcome.url);
		expect(rig.callNames()).toEqual(['queryDentryId', 'getDentry']);
	});

	it('takes a link, and a folder', async () => {
		const { invoices } = SEED.folders;
		const run = await rig.run(get({ file: locator('url', invoices.url) }));
		expect(run.json).toMatchObject([{ uuid: invoices.dentryUuid, type: 'FOLDER' }]);
	});

	it('takes by default the file of the item, and with its ids makes one call', async () => {
		const first = await rig.run(get({ file: locator('id', welcome.dentryUuid) }));
		rig.reset();
		const run = await rig.run(get(), { input: [{ json: first.json[0] }] });
		expect(run.json).toEqual(first.json);
		expect(rig.callNames()).toEqual(['getDentry']);
	});

	it('does not take the ids of the item for another file', async () => {
		const { invoices } = SEED.folders;
		const json = { uuid: invoices.dentryUuid, id: invoices.dentryId, spaceId: '1' };
		const run = await rig.run(get({ file: locator('id', welcome.dentryUuid) }), {
			input: [{ json }],
		});
		expect(run.json).toMatchObject([{ uuid: welcome.dentryUuid }]);
		expect(rig.callNames()).toEqual(['queryDentryId', 'getDentry']);
	});

	it('asks for the ids of a file once, however many items name it', async () => {
		const json = { uuid: welcome.dentryUuid };
		const run = await rig.run(get(), { input: [{ json }, { json }, { json }] });
		expect(run.json).toHaveLength(3);
		expect([...rig.callNames()].sort()).toEqual([
			...['getDentry', 'getDentry', 'getDentry', 'queryDentryId'],
		]);
	});

	it('says that a file does not exist, and what to do', async () => {
		const run = await rig.run(get(), {
			input: [
				{ json: { uuid: welcome.dentryUuid, id: '404', spaceId: SEED.knowledgeBases[0].spaceId } },
			],
		});
		expect(run.shown.message).toBe('The file or folder does not exist');
		expect(run.shown.description).toMatch(/Choose it again/);
		expect(run.shown.data).toMatchObject({ code: 'dentryNotExist', step: 'getFile' });
	});

	it('is not misled by an answer about another file', async () => {
		const change = ({ dentry }: Record<string, unknown>) => ({
			dentry: { ...(dentry as object), id: '999' },
		});
		rig.service.fail({
			call: 'getDentry',
			times: Infinity,
			fault: { kind: 'changedAnswer', change },
		});
		const run = await rig.run(get({ file: locator('id', welcome.dentryUuid) }));
		expect(run.shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER' });
	});
});
