import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chain } from './fixtures';
import { startEngine, type Engine } from './index';

let engine: Engine;

beforeAll(async () => {
	engine = await startEngine();
});

afterAll(async () => {
	await engine.close();
});

const base = (name: string) => `n8n-nodes-base.${name}`;

describe('the stand-ins', () => {
	it.each(['manualTrigger', 'formTrigger', 'emailReadImap', 'gmailTrigger', 'scheduleTrigger'])(
		'%s puts out the items of the run',
		async (type) => {
			const input = [{ json: { a: 1 } }, { json: { a: 2 } }];
			const note = { name: 'Note', type: base('stickyNote') };
			const { nodes, connections } = chain({ name: 'Start', type: base(type) });
			const result = await engine.run({ nodes: [note, ...nodes], connections }, { input });
			expect(result.items('Start')).toMatchObject(input);
			expect(result.items('Note')).toEqual([]);
		},
	);

	it('the Schedule Trigger tells the time', async () => {
		const result = await engine.run(chain({ name: 'Start', type: base('scheduleTrigger') }));
		expect(result.items('Start')[0].json.timestamp).toMatch(/^\d{4}-/);
	});

	it('Edit Fields sets fields and keeps the others with their files', async () => {
		const fields = {
			name: 'Edit Fields',
			type: base('set'),
			typeVersion: 3.4,
			parameters: {
				includeOtherFields: true,
				assignments: {
					assignments: [
						{ id: '1', name: 'name', value: '=Report {{ $json.year }}', type: 'string' },
						{ id: '2', name: 'a.b', value: '={{ 1 + 1 }}', type: 'number' },
					],
				},
			},
		};
		const data = await engine.storeBinary(Buffer.from('x'), { fileName: 'x.txt' });
		const input = [{ json: { year: 2026 }, binary: { data } }];
		const start = { name: 'Start', type: base('manualTrigger') };
		const [item] = (await engine.run(chain(start, fields), { input })).items('Edit Fields');
		expect(item.json).toEqual({ year: 2026, name: 'Report 2026', a: { b: 2 } });
		expect(item.binary?.data.fileName).toBe('x.txt');

		fields.parameters.includeOtherFields = false;
		const [bare] = (await engine.run(chain(start, fields), { input })).items('Edit Fields');
		expect(bare.json).toEqual({ name: 'Report 2026', a: { b: 2 } });
		expect(bare.binary).toBeUndefined();
	});

	it('Convert to File writes text and JSON', async () => {
		const start = { name: 'Start', type: base('manualTrigger') };
		const toText = {
			name: 'Text',
			type: base('convertToFile'),
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				options: { fileName: '={{ $json.name }}.md' },
			},
		};
		const toJson = { ...toText, name: 'JSON', parameters: { operation: 'toJson' } };
		const input = [{ json: { name: 'r', text: '# Report' } }];
		for (const [node, fileName, content] of [
			[toText, 'r.md', '# Report'],
			[toJson, 'file.json', '[{"name":"r","text":"# Report"}]'],
		] as const) {
			const [{ binary }] = (await engine.run(chain(start, node), { input })).items(node.name);
			expect(binary?.data.fileName).toBe(fileName);
			expect((await engine.readBinary(binary!.data)).toString()).toBe(content);
		}
	});
});
