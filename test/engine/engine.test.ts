import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { until } from '../until';
import { has, needs, refusalWithout } from './features';
import { chain, Endless, Flaky, Inspect, Picky } from './fixtures';
import { n8nWorkflow, startEngine, type Engine } from './index';

const nodes = {
	'test.inspect': Inspect,
	'test.picky': Picky,
	'test.flaky': Flaky,
	'test.endless': Endless,
};
const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
const inspect = { name: 'Inspect', type: 'test.inspect' };
const picky = { name: 'Picky', type: 'test.picky' };

let onDisk: Engine;
let inMemory: Engine;

beforeAll(async () => {
	onDisk = await startEngine({ nodes });
	inMemory = await startEngine({ nodes, binaryMode: 'default' });
});

afterAll(async () => {
	await onDisk.close();
	await inMemory.close();
});

describe('files', () => {
	it.each(['filesystem', 'default'])('reach a node in %s mode', async (mode) => {
		const engine = mode === 'filesystem' ? onDisk : inMemory;
		const data = await engine.storeBinary(Buffer.from('内容'), { fileName: 'a.txt' });
		const result = await engine.run(chain(start, inspect), {
			input: [{ json: {}, binary: { data } }],
		});
		expect(result.status).toBe('success');
		const [{ json }] = result.items('Inspect');
		expect(json).toMatchObject({ fileName: 'a.txt', content: '内容' });
		if (mode === 'filesystem') expect(json.id).toMatch(/^filesystem-v2:/);
		else expect(json.id).toBeUndefined();
	});

	it('keep to their engine when two engines run at once', async () => {
		const run = async (engine: Engine) => {
			const data = await engine.storeBinary(Readable.from([Buffer.from('x')]), {});
			const input = [{ json: {}, binary: { data } }];
			const result = await engine.run(chain(start, inspect), { input });
			return result.items('Inspect')[0].json.id;
		};
		const [disk, memory] = await Promise.all([run(onDisk), run(inMemory)]);
		expect(disk).toMatch(/^filesystem-v2:/);
		expect(memory).toBeUndefined();
	});

	it('are read back as they were stored', async () => {
		const binary = await onDisk.storeBinary(Buffer.alloc(100_000, 7), { mimeType: 'image/png' });
		expect(binary.mimeType).toBe('image/png');
		const size = has('the size of a stored file in bytes') ? 100_000 : undefined;
		expect(binary.bytes).toBe(size);
		expect(await onDisk.readBinary(binary)).toEqual(Buffer.alloc(100_000, 7));
	});

	it('lie in the JSON of an item in the combined binary mode', async (context) => {
		needs(context, 'the combined binary mode');
		const inJson = n8nWorkflow.BINARY_IN_JSON_PROPERTY;
		const data = await onDisk.storeBinary(Buffer.from('combined'), { fileName: 'c.txt' });
		const parameters = { binaryField: `${inJson}.data`, fileName: 'c.txt' };
		const pass = { name: 'Pass', type: 'n8n-nodes-base.noOp' };
		const result = await onDisk.run(
			{
				...chain(start, pass, { ...inspect, parameters }),
				settings: { binaryMode: 'combined' },
			},
			{ input: [{ json: {}, binary: { data } }] },
		);
		const [passed] = result.items('Pass');
		expect(passed.binary).toBeUndefined();
		expect(passed.json[inJson]).toMatchObject({ data: { fileName: 'c.txt' } });
		expect(result.items('Inspect')[0].json.content).toBe('combined');
	});

	it('are gone after close(), with the folder', async () => {
		const engine = await startEngine();
		await engine.storeBinary(Buffer.from('x'), {});
		expect(existsSync(engine.dataFolder)).toBe(true);
		await engine.close();
		expect(existsSync(engine.dataFolder)).toBe(false);
		await expect(engine.run(chain(start))).rejects.toThrow('closed');
	});
});

describe('a run', () => {
	it('evaluates expressions per item and keeps the pairing', async () => {
		const data = await onDisk.storeBinary(Buffer.from('x'), { fileName: 'x.txt' });
		const text = '={{ $json.n * 2 }} of {{ $("Start").item.json.n }}';
		const result = await onDisk.run(chain(start, { ...inspect, parameters: { text } }), {
			input: [1, 2].map((n) => ({ json: { n }, binary: { data } })),
		});
		const items = result.items('Inspect');
		expect(items.map(({ json }) => json.text)).toEqual(['2 of 1', '4 of 2']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('needs no trigger: the items are then the input of the first node', async () => {
		const result = await onDisk.run(chain(picky), { input: [{ json: { n: 1 } }] });
		expect(result.items('Picky')).toMatchObject([{ json: { n: 1 } }]);
	});

	it('ends with the very error a node threw', async () => {
		const result = await onDisk.run(chain(start, picky), {
			input: [{ json: {} }, { json: { bad: true } }],
		});
		expect(result.status).toBe('error');
		expect(result.error).toBeInstanceOf(n8nWorkflow.NodeOperationError);
		expect(result.error).toMatchObject({ message: 'Not liked', context: { itemIndex: 1 } });
		expect(result.nodeError('Picky')).toBe(result.error);
		expect(result.nodeError('Start')).toBeUndefined();
		expect(result.items('Picky')).toEqual([]);
	});

	it('goes on with an error item where the node continues on fail', async () => {
		const result = await onDisk.run(chain(start, { ...picky, onError: 'continueRegularOutput' }), {
			input: [{ json: { bad: true } }, { json: { n: 2 } }],
		});
		expect(result.status).toBe('success');
		expect(result.items('Picky').map(({ json }) => json)).toEqual([
			{ error: { message: 'Not liked', code: 'notLiked' } },
			{ n: 2 },
		]);
	});

	it('sends error items out of the error output', async () => {
		const result = await onDisk.run(chain(start, { ...picky, onError: 'continueErrorOutput' }), {
			input: [{ json: { bad: true, n: 1 } }, { json: { n: 2 } }],
		});
		expect(result.items('Picky', 0).map(({ json }) => json)).toEqual([{ n: 2 }]);
		const error = { message: 'Not liked', code: 'notLiked' };
		expect(result.items('Picky', 1)).toMatchObject([{ json: { n: 1, error } }]);
	});

	it('tries a node again where "retry on fail" says so', async () => {
		Flaky.failuresLeft = 1;
		const retried = { name: 'Flaky', type: 'test.flaky', retryOnFail: true, waitBetweenTries: 1 };
		const result = await onDisk.run(chain(start, retried));
		expect(result.status).toBe('success');
		Flaky.failuresLeft = 2;
		const twice = await onDisk.run(chain(start, { ...retried, maxTries: 2 }));
		expect(twice).toMatchObject({ status: 'error', error: { message: 'Not yet' } });
	});

	/** Stops a workflow when its node that never ends has begun. */
	async function stopped(reason?: DOMException) {
		const stop = new AbortController();
		const before = Endless.begun;
		const workflow = chain(start, { name: 'Endless', type: 'test.endless' }, picky);
		const running = onDisk.run(workflow, { signal: stop.signal });
		await until(() => Endless.begun > before);
		stop.abort(reason);
		return await running;
	}

	it('is canceled by its signal, which the node sees', async () => {
		const result = await stopped();
		expect(result.status).toBe('canceled');
		expect(result.error?.message).toContain('cancel');
		expect(result.items('Picky')).toEqual([]);
	});

	it('is canceled when its time is up', async () => {
		const result = await stopped(new DOMException('', 'TimeoutError'));
		expect(result.status).toBe('canceled');
		expect(result.error?.message).toContain('timed out');
	});

	it('tells hints and what the nodes logged', async () => {
		const result = await onDisk.run(chain(start, picky));
		expect(result.hints('Picky')).toMatchObject([{ message: 'Tasted them all' }]);
		expect(result.logs).toContainEqual({ level: 'info', message: 'tasted', meta: { items: 1 } });
	});

	it('does not start where a required parameter is missing', async () => {
		class Strict extends Inspect {
			override description = {
				...new Inspect().description,
				properties: [
					{ displayName: 'Key', name: 'key', type: 'string' as const, default: '', required: true },
				],
			};
		}
		const engine = await startEngine({ nodes: { 'test.strict': Strict } });
		const result = await engine.run(chain(start, { name: 'Strict', type: 'test.strict' }));
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain(refusalWithout('Key'));
		await engine.close();
	});

	it('reports an unknown node type by name', async () => {
		const unknown = chain(start, { name: 'X', type: 'n8n-nodes-base.spreadsheet' });
		await expect(onDisk.run(unknown)).rejects.toThrow('n8n-nodes-base.spreadsheet');
	});
});
