import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../services/dingtalk';
import { locator, type NodeRunOptions } from '../support/rig';
import { useRig } from './support/rig';

const rig = useRig();
const { empty } = SEED.folders;
const properties = (...names: string[]) => ({
	property: names.map((name) => ({ name, value: 'v', visibility: 'PUBLIC' })),
});

/** Parameters that take everything that may be wrong from the item. */
const fromItem = {
	resource: 'file',
	operation: 'upload',
	parent: locator('id', `={{ $json.parent ?? "${empty.dentryUuid}" }}`),
	operator: locator('unionId', '={{ $json.operator ?? "" }}'),
	inputDataFieldName: '={{ $json.field ?? "data" }}',
	options: {
		fileName: '={{ $json.fileName ?? "" }}',
		appProperties: properties('a', '={{ $json.second ?? "b" }}', 'c'),
		conflictStrategy: '={{ $json.conflictStrategy ?? "AUTO_RENAME" }}',
		preferRegion: '={{ $json.preferRegion ?? "UNKNOWN" }}',
	},
};

interface Case {
	json: IDataObject;
	parameters?: object;
	files?: Record<string, string>;
	message: RegExp;
	/** What to do. */
	advice: RegExp;
}

const cases: Record<string, Case> = {
	'no binary in the named field': {
		json: { field: 'missing' },
		message: /has no binary field "missing"/,
		advice: /binary fields are: data/,
	},
	'no file at all': {
		json: {},
		files: {},
		message: /has no binary field "data"/,
		advice: /Connect/,
	},
	'a pattern that matches nothing': {
		json: { field: 'attachment_*' },
		message: /has no binary field "attachment_\*"/,
		advice: /binary fields are: data/,
	},
	'two files and one file name': {
		json: { field: '*', fileName: 'one.txt' },
		files: { a: 'a', b: 'b' },
		message: /2 files are selected, but one file name is given/,
		advice: /Leave the option "File Name" empty/,
	},
	'a numeric id as parent': {
		json: { parent: '12345678901' },
		message: /Parent Folder is a numeric ID, but a dentryUuid is required/,
		advice: /last part of the link/,
	},
	'a path as parent': {
		json: { parent: '../../../oauth2/accessToken' },
		message: /Parent Folder is not a valid ID/,
		advice: /letters, digits/,
	},
	'a link of another site': {
		json: { parent: 'https://drive.example.com/i/nodes/abc' },
		parameters: { parent: locator('url', '={{ $json.parent ?? $json.good }}') },
		message: /link to another site \(drive\.example\.com\)/,
		advice: /alidocs\.dingtalk/,
	},
	'two app properties of one name': {
		json: { second: 'c' },
		message: /The app property "c" is given twice/,
		advice: /must differ/,
	},
	'an app property without a name': {
		json: { second: ' ' },
		message: /An app property has no name/,
		advice: /remove it/,
	},
	'a strategy that does not exist': {
		json: { conflictStrategy: 'REPLACE' },
		message: /"Conflict Strategy" cannot be "REPLACE"/,
		advice: /OVERWRITE/,
	},
	'a region that does not exist': {
		json: { preferRegion: 'MOON' },
		message: /"Preferred Region" cannot be "MOON"/,
		advice: /SHANGHAI/,
	},
	'an illegal file name': {
		json: { fileName: 'a|b.txt' },
		message: /"a\|b\.txt" is not allowed: it contains "\|"/,
		advice: /Enter another name/,
	},
	'a file name that ends with a full stop': {
		json: { fileName: 'a.' },
		message: /ends with a full stop/,
		advice: /Enter another name/,
	},
};

const good = { good: empty.url };

async function runWith(name: string, options: NodeRunOptions = {}) {
	const { json, parameters, files } = cases[name];
	const bad: INodeExecutionData = await rig.item(files ?? { data: 'bad' }, { ...good, ...json });
	const input = [
		await rig.item({ data: 'first' }, good),
		bad,
		await rig.item({ data: 'third' }, good),
	];
	return await rig.run({ ...fromItem, ...parameters }, { ...options, input });
}

describe.each(Object.entries(cases))('bad input: %s', (name, { message, advice }) => {
	it('is an error with the index of its item, and nothing is sent', async () => {
		const { status, shown } = await runWith(name);
		expect(status).toBe('error');
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown).toMatchObject({ name: 'NodeOperationError', itemIndex: 1 });
		expect(rig.service.calls).toEqual([]);
	});

	it('becomes an error item with continue on fail, and the others go through', async () => {
		const run = await runWith(name, { node: { onError: 'continueRegularOutput' } });
		expect(run.status).toBe('success');
		const items = run.items('DingTalk');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(items[0].json).toMatchObject({ size: 5, type: 'FILE' });
		expect(items[1].json.error).toMatchObject({
			message: expect.stringMatching(message) as string,
			description: expect.stringMatching(advice) as string,
		});
		expect(items[2].json).toMatchObject({ size: 5, type: 'FILE' });
		expect(rig.service.files()).toHaveLength(2);
	});
});

describe('a fourth app property', () => {
	it('is refused before anything is sent', async () => {
		const appProperties = properties('a', 'b', 'c', 'd');
		const input = [await rig.item({ data: 'x' })];
		const parameters = { ...fromItem, options: { appProperties } };
		const { shown } = await rig.run(parameters, { input });
		expect(shown).toMatchObject({
			message: '4 app properties are given, but a file accepts at most 3',
			itemIndex: 0,
		});
		expect(rig.service.calls).toEqual([]);
	});
});

describe('an unnamed operator', () => {
	const nobody = { credential: { operatorUnionId: '' } };

	it('stops its item alone with continue on fail', async () => {
		const operator = SEED.operator.unionId;
		const input = [await rig.item({ data: 'a' }), await rig.item({ data: 'b' }, { operator })];
		const node = { onError: 'continueRegularOutput' } as const;
		const { json } = await rig.run(fromItem, { input, node, ...nobody });
		expect(json).toMatchObject([{ error: { message: 'No operator is given' } }, { size: 1 }]);
		expect(rig.service.files()).toHaveLength(1);
	});
});

describe('the error output', () => {
	it('gets the bad items alone, with code and file', async () => {
		const run = await runWith('an illegal file name', { node: { onError: 'continueErrorOutput' } });
		expect(run.items('DingTalk', 0)).toHaveLength(2);
		const [{ json }] = run.items('DingTalk', 1);
		expect(json.error).toMatchObject({
			message: expect.stringContaining('is not allowed') as string,
			fileName: 'a|b.txt',
		});
	});

	it('tells which file of an item failed, and the others of it go through', async () => {
		const code = 'dentryStoreError';
		const fault = { kind: 'apiError', status: 400, code } as const;
		const isSecond = ({ body }: { body?: unknown }) => (body as { name?: string }).name === 'b.txt';
		rig.service.fail({ call: 'commit', when: isSecond, fault });
		const parameters = { ...fromItem, inputDataFieldName: '*', options: {} };
		const run = await rig.run(parameters, {
			input: [await rig.item({ a: '1', b: '2', c: '3' })],
			node: { onError: 'continueErrorOutput' },
		});
		expect(run.items('DingTalk', 0).map(({ json }) => json.name)).toEqual(['a.txt', 'c.txt']);
		const [{ json }] = run.items('DingTalk', 1);
		expect(json.error).toMatchObject({
			message: 'DingTalk could not store the file',
			...{ code, httpStatus: 400, step: 'commit', fileName: 'b.txt', sourceField: 'b' },
		});
		expect((json.error as IDataObject).requestId).toMatch(/^[0-9A-F-]{36}$/);
	});
});

describe('what only the service can know', () => {
	it('an unknown folder is sent, and named', async () => {
		const parent = locator('id', 'Z'.repeat(32));
		const { shown } = await rig.run(
			{ ...fromItem, parent },
			{ input: [await rig.item({ data: 'x' })] },
		);
		expect(shown).toMatchObject({
			message: 'The parent folder does not exist',
			itemIndex: 0,
			data: { code: 'spaceNotExist', httpStatus: 404, step: 'getUploadInfo' },
		});
		expect(shown.description).toContain('spaceNotExist');
		expect(shown.description).toContain(String(shown.data.requestId));
	});

	it.each([
		['a page of HTML', '<html><body>Login</body></html>'],
		['an empty answer', ''],
		['JSON that is no object', '[1]'],
	])('%s instead of JSON is named, and not quoted', async (_, body) => {
		rig.service.fail({
			call: 'uploadInfo',
			times: Infinity,
			fault: { kind: 'answer', status: 403, body },
		});
		const input = await rig.items(['x', 'y']);
		const { shown } = await rig.run(fromItem, { input: input.slice(0, 1) });
		expect(shown.message).toBe('The answer is not from DingTalk: it is not JSON');
		expect(shown.description).toContain('HTTP 403');
		expect(shown.description).not.toContain('<html>');
		expect(shown).toMatchObject({ itemIndex: 0, data: { step: 'getUploadInfo' } });
	});

	it('an answer without what it promises is named', async () => {
		rig.service.fail({
			call: 'uploadInfo',
			fault: { kind: 'answer', status: 200, body: { a: 1 } },
		});
		const { shown } = await rig.run(fromItem, { input: [await rig.item({ data: 'x' })] });
		expect(shown).toMatchObject({
			message: 'The answer from DingTalk is incomplete',
			itemIndex: 0,
		});
	});
});

describe('a file that n8n has pruned', () => {
	it('is named with its field and name', async () => {
		const file = await rig.file('x', 'gone.txt');
		const [, path] = String(file.id).split(':');
		await rm(join(rig.engine.dataFolder, '.n8n', 'storage', path));
		await rm(join(rig.engine.dataFolder, '.n8n', 'storage', `${path}.metadata`));
		const input = [await rig.item({ data: 'first' }), await rig.item({ data: file })];
		const { shown } = await rig.run(fromItem, { input });
		expect(shown).toMatchObject({
			message: "The file could not be read from n8n's binary store",
			itemIndex: 1,
			data: { fileName: 'gone.txt', sourceField: 'data' },
		});
		expect(shown.description).toContain('pruned');
		expect(rig.service.calls).toEqual([]);
	});
});
