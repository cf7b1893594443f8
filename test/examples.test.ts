import type { INode, INodeExecutionData } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';

import { EXAMPLES, filledIn, placeOf, readExample } from './demo/example';
import type { WorkflowJson } from './engine';
import { useRig } from './nodes/DingTalkKnowledgeBase/support/rig';

const rig = useRig();

/** The files as a trigger gives them: binary fields by name. */
async function itemWith(
	files: Record<string, [fileName: string, bytes: Buffer]>,
): Promise<INodeExecutionData> {
	const fields = Object.entries(files).map(async ([field, [fileName, bytes]]) => [
		field,
		await rig.engine.storeBinary(bytes, { fileName }),
	]);
	return {
		json: { subject: 'Invoices' },
		binary: Object.fromEntries(await Promise.all(fields)),
	};
}

const PDF = Buffer.from('%PDF-1.4\nan invoice\n%%EOF\n');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0xff]);
const TEXT = Buffer.from('会议纪要\n');

describe.each(EXAMPLES)('the template %s', (name) => {
	let workflow: WorkflowJson;
	let nodes: INode[];

	beforeEach(async () => {
		workflow = await readExample(name);
		nodes = workflow.nodes as INode[];
	});

	it('has what the editor exports for each node', () => {
		for (const node of nodes) {
			expect(node.id, node.name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
			expect(node.typeVersion, node.name).toBeGreaterThan(0);
			expect(node.position, node.name).toHaveLength(2);
			expect(node.parameters, node.name).toBeDefined();
		}
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ name: own }) => own)).size).toBe(nodes.length);
	});

	it('connects nodes that are there', () => {
		const names = nodes.map(({ name: own }) => own);
		const targets = Object.values(workflow.connections)
			.flatMap(({ main }) => main)
			.flatMap((output) => (output ?? []).map(({ node }) => node));
		expect(names).toEqual(expect.arrayContaining(Object.keys(workflow.connections)));
		expect(names).toEqual(expect.arrayContaining(targets));
	});

	it('carries a note with what to set, and nobody’s ids', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes).toHaveLength(1);
		expect(String(notes[0].parameters.content).split('\n')).toHaveLength(4);
		const credentials = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.map(({ id }) => id)).toEqual(credentials.map(() => null));
		expect(JSON.stringify(workflow)).not.toContain('instanceId');
	});
});

describe('e-mail attachments to a knowledge base folder', () => {
	const run = async (item: INodeExecutionData) => {
		const template = await readExample('email-attachments-to-knowledge-base');
		const parent = placeOf(rig.service.seed.folders.invoices.url);
		return await rig.engine.run(filledIn(template, 'Upload File', { parent }), { input: [item] });
	};

	it('stores every attachment byte for byte', async () => {
		const item = await itemWith({
			attachment_0: ['invoice.pdf', PDF],
			attachment_1: ['photo.png', PNG],
			attachment_2: ['会议纪要.txt', TEXT],
		});
		const result = await run(item);
		expect(result.status).toBe('success');
		const stored = rig.service.files(rig.service.seed.folders.invoices.dentryUuid);
		const bytesOf = (name: string) => stored.find((file) => file.name === name)?.bytes;
		expect(bytesOf('invoice.pdf')).toEqual(PDF);
		expect(bytesOf('photo.png')).toEqual(PNG);
		expect(bytesOf('会议纪要.txt')).toEqual(TEXT);
		expect(result.items('Stored').map(({ json }) => json)).toContainEqual({
			name: 'invoice.pdf',
			link: expect.stringMatching(/^https:\/\/alidocs\.dingtalk\.com\/i\/nodes\/\w{32}$/),
			subject: 'Invoices',
		});
		expect(result.items('Not Stored')).toEqual([]);
	});

	it('gives a taken name a number', async () => {
		const item = await itemWith({ attachment_0: ['invoice.pdf', PDF] });
		await run(item);
		const again = await run(item);
		const [{ json }] = again.items('Stored');
		expect(json.name).not.toBe('invoice.pdf');
		expect(json.name).toMatch(/^invoice.*\.pdf$/);
	});

	it('lets an attachment that fails leave by the error output', async () => {
		rig.service.fail({
			call: 'commit',
			when: ({ body }) => (body as { name: string }).name === 'photo.png',
			fault: { kind: 'apiError', status: 403, code: 'permissionDenied' },
		});
		const item = await itemWith({
			attachment_0: ['invoice.pdf', PDF],
			attachment_1: ['photo.png', PNG],
		});
		const result = await run(item);
		expect(result.status).toBe('success');
		expect(result.items('Stored')).toMatchObject([{ json: { name: 'invoice.pdf' } }]);
		expect(result.items('Not Stored').map(({ json }) => json)).toEqual([
			{ file: 'photo.png', reason: expect.any(String), subject: 'Invoices' },
		]);
	});

	it('lets an e-mail without attachments leave by the error output', async () => {
		const result = await run({ json: { subject: 'Just text' } });
		const reason = expect.stringContaining('attachment_*');
		expect(result.items('Not Stored').map(({ json }) => json)).toEqual([
			{ file: '', reason, subject: 'Just text' },
		]);
		expect(rig.service.calls.filter(({ front }) => front === 'oss')).toEqual([]);
	});
});

describe('a form upload to a document', () => {
	it.each([
		['one file', { Files: ['photo.png', PNG] }],
		['several files', { Files_0: ['photo.png', PNG], Files_1: ['会议纪要.txt', TEXT] }],
	] as Array<[string, Record<string, [string, Buffer]>]>)('stores %s', async (_what, files) => {
		const { url, dentryUuid } = rig.service.seed.documents.meetingNotes;
		const template = await readExample('form-upload-to-document');
		const workflow = filledIn(template, 'Upload Doc Resource', { document: placeOf(url) });
		const result = await rig.engine.run(workflow, { input: [await itemWith(files)] });
		expect(result.status).toBe('success');
		const sent = Object.values(files);
		expect(
			rig.service.resources().map(({ docId, name, bytes }) => ({ docId, name, bytes })),
		).toEqual(
			expect.arrayContaining(sent.map(([name, bytes]) => ({ docId: dentryUuid, name, bytes }))),
		);
		expect(result.items('Upload Doc Resource')).toHaveLength(sent.length);
		expect(result.items('Upload Doc Resource')[0].json.attachment).toMatchObject({
			filename: 'photo.png',
			size: PNG.length,
			type: 'image/png',
		});
	});
});

describe('a scheduled report converted to an online document', () => {
	it('stores the text that the workflow wrote', async () => {
		const template = await readExample('scheduled-report-to-online-document');
		const parent = placeOf(rig.service.seed.folders.empty.dentryUuid);
		const result = await rig.engine.run(filledIn(template, 'Upload File', { parent }));
		expect(result.status).toBe('success');
		const [{ json: written }] = result.items('Write Report');
		const [stored, ...others] = rig.service.files(rig.service.seed.folders.empty.dentryUuid);
		expect(others).toEqual([]);
		expect(stored.bytes?.toString()).toBe(written.report);
		expect(stored.bytes?.toString()).toMatch(/^# Weekly report \d{4}-\d\d-\d\d\n/);
		expect(stored).toMatchObject({ extension: 'adoc', storageDriver: 'ALIDOC' });
		expect(stored.name).toMatch(/^Weekly report 周报 \d{4}-\d\d-\d\d\.adoc$/);
	});
});
