import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { uploadOf, usePdsRig } from '../../AlibabaCloudPds/support/rig';
import { locator } from '../../support/rig';
import { useRig } from '../../DingTalkKnowledgeBase/support/rig';

const ITEMS = 20_000;

/** Milliseconds that pass, by the node's clock, each time it looks at it. */
const STEP = 1;

/** Rounds of the event loop that are far more than an execution without pauses has: a handful. */
const MANY = 100;

const memory = { engine: { binaryMode: 'default' as const } };
const dingTalk = useRig(memory);
const pds = usePdsRig(memory);
const parent = locator('id', SEED.folders.empty.dentryUuid);
const fileName = '={{ $json.name }}';

const upload = { resource: 'file', operation: 'upload', parent, options: { fileName } };

/** Small files whose last has a name that no service takes: it is found out before any call. */
function items(): INodeExecutionData[] {
	const binary = { data: { mimeType: 'text/plain', data: 'eA==', fileName: 'x.txt' } };
	return Array.from({ length: ITEMS }, (_, index) => ({
		json: { name: index === ITEMS - 1 ? 'a/b' : 'a' } as IDataObject,
		binary,
	}));
}

describe.each([
	['DingTalk', dingTalk, upload],
	['PDS', pds, uploadOf({ fileName })],
] as const)('reading the parameters of 20,000 items: %s', (_, rig, parameters) => {
	const run = async (signal?: AbortSignal) =>
		await rig.run(parameters as INode['parameters'], { input: items(), signal });

	let stopCounting: () => void;

	// However fast the machine, each item takes the node's clock one step further.
	beforeEach(() => {
		let now = performance.now();
		vi.spyOn(performance, 'now').mockImplementation(() => (now += STEP));
	});

	afterEach(() => {
		stopCounting();
		vi.restoreAllMocks();
	});

	it('lets everything else in the process go on', async () => {
		const rounds = countRounds();
		stopCounting = rounds.stop;
		const { shown } = await run();
		expect(shown).toMatchObject({ itemIndex: ITEMS - 1 });
		expect(rig.service.calls).toEqual([]);
		expect(rounds.count()).toBeGreaterThan(MANY);
	});

	it('ends with the stop', async () => {
		const stop = new AbortController();
		const rounds = countRounds((count) => {
			if (count === MANY) stop.abort();
		});
		stopCounting = rounds.stop;
		const { status } = await run(stop.signal);
		expect(status).toBe('canceled');
		expect(rig.service.calls).toEqual([]);
	});
});

/** Counts the rounds of the event loop, and tells of each. */
function countRounds(tell?: (count: number) => void) {
	let count = 0;
	let next: NodeJS.Immediate;
	const round = () => {
		count++;
		tell?.(count);
		next = setImmediate(round);
	};
	next = setImmediate(round);
	return { count: () => count, stop: () => clearImmediate(next) };
}
