import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';

import { n8nWorkflow } from '../../../engine';
import { needs } from '../../../engine/features';
import { SEED } from '../../../services/dingtalk';
import { START } from '../../support/rig';
import { NODE, sha256, uploadOf, useRig, type DingTalkRig } from '../support/rig';

const onDisk = useRig();
const inMemory = useRig({ engine: { binaryMode: 'default' } });
const { empty } = SEED.folders;

/** More than n8n's store gives in one read. */
const LARGE = Buffer.from(Array.from({ length: 700_001 }, (_, index) => index % 251));

describe.each<[string, DingTalkRig]>([
	['on disk', onDisk],
	['in memory', inMemory],
])('a file that n8n holds %s', (_, rig) => {
	it.each([
		['small', Buffer.from('内容 🚀')],
		['empty', Buffer.alloc(0)],
		['larger than one read', LARGE],
	])('arrives unchanged when it is %s', async (__, bytes) => {
		const file = await rig.file(bytes, 'file.bin', 'application/octet-stream');
		const { json } = await rig.run(uploadOf(), { input: [await rig.item({ data: file })] });
		expect(json).toMatchObject([{ size: bytes.length, upload: { bytes: bytes.length } }]);
		expect(rig.service.files(empty.dentryUuid)).toMatchObject([
			{ size: bytes.length, sha256: sha256(bytes) },
		]);
		const [{ headers }] = rig.service.callsOf('ossPut');
		expect(headers['content-length']).toBe(String(bytes.length));
		expect(headers['transfer-encoding']).toBeUndefined();
	});

	it('is found in the combined mode', async (context) => {
		needs(context, 'the combined binary mode');
		const pass = { name: 'Pass', type: 'n8n-nodes-base.noOp' };
		// n8n moves files into the JSON only when they are not in memory.
		const path = `${n8nWorkflow.BINARY_IN_JSON_PROPERTY}.data`;
		for (const field of rig === onDisk ? ['data', path, '*'] : ['data', '*']) {
			const parameters = uploadOf({ conflictStrategy: 'OVERWRITE' }, { inputDataFieldName: field });
			const run = await rig.workflow(
				{
					nodes: [START, pass, { name: 'DingTalk', type: NODE, parameters }],
					connections: {
						Start: { main: [[{ node: 'Pass', type: 'main', index: 0 }]] },
						Pass: { main: [[{ node: 'DingTalk', type: 'main', index: 0 }]] },
					},
					settings: { binaryMode: 'combined' },
				},
				{ input: [await rig.item({ data: 'combined' })] },
			);
			expect(run.error).toBeUndefined();
			expect(run.items('DingTalk')).toMatchObject([{ json: { name: 'data.txt', size: 8 } }]);
		}
	});

	it('may be given by expression as a binary object', async () => {
		const parameters = uploadOf({}, { inputDataFieldName: '={{ $binary.data }}' });
		const run = await rig.run(parameters, { input: [await rig.item({ data: 'object' })] });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ name: 'data.txt', size: 6 }]);
	});

	it('may be chosen by an array of names', async () => {
		const parameters = uploadOf({}, { inputDataFieldName: "={{ ['b', 'a'] }}" });
		const run = await rig.run(parameters, { input: [await rig.item({ a: '1', b: '22' })] });
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ name }) => name)).toEqual(['b.txt', 'a.txt']);
	});
});

describe('the name of the file', () => {
	const names = [
		'report.pdf',
		'2026 年度报告（最终版）.docx',
		'with several  spaces.txt',
		'party 🎉👩‍👩‍👧 photo.png',
		`${'长'.repeat(196)}.txt`,
		'no-extension',
		'percent 100%25 & co #1 + ?.txt',
		"O'Brien’s, (copy) [1] {2}.txt",
		'EPERM notes.pdf',
		'.hidden',
	];

	it.each(names)('is stored as it is: %s', async (name) => {
		const file = await onDisk.file('x', name);
		const run = await onDisk.run(uploadOf(), { input: [await onDisk.item({ data: file })] });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ name }]);
		expect(onDisk.service.files(empty.dentryUuid)).toMatchObject([{ name }]);
		const [commit] = onDisk.service.callsOf('commit').slice(-1);
		expect(commit.body).toMatchObject({ name });
	});

	it('can be another one, by expression too', async () => {
		const file = await onDisk.file('x', 'bad|name.txt');
		const options = { fileName: '={{ $json.title }}.md' };
		const { json } = await onDisk.run(uploadOf(options), {
			input: [await onDisk.item({ data: file }, { title: 'Title 标题' })],
		});
		expect(json).toMatchObject([{ name: 'Title 标题.md' }]);
	});

	it('loses the spaces around it, as the service stores it', async () => {
		const options = { fileName: '  spaced.txt ' };
		const { json } = await onDisk.run(uploadOf(options), {
			input: [await onDisk.item({ data: 'x' })],
		});
		expect(json).toMatchObject([{ name: 'spaced.txt' }]);
	});

	it('is that of the field when the file has none', async () => {
		const nameless = await onDisk.engine.storeBinary(Readable.from([Buffer.from('x')]), {});
		delete nameless.fileName;
		const { json } = await onDisk.run(uploadOf({}, { inputDataFieldName: 'scan' }), {
			input: [await onDisk.item({ scan: nameless })],
		});
		expect(json).toMatchObject([{ name: 'scan' }]);
	});

	it('is given to people as it is in an error, though n8n rewrites some words', async () => {
		const file = await onDisk.file('x', 'EPERM notes*.pdf');
		const { shown } = await onDisk.run(uploadOf(), { input: [await onDisk.item({ data: file })] });
		expect(shown.message).toBe('The file name "EPERM notes*.pdf" is not allowed: it contains "*"');
	});
});
