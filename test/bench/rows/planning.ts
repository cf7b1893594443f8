import { KIB } from '../../measure/places';
import type { RowReport } from '../../measure/report';
import { Worker } from '../child';
import { freshFolder } from '../places';
import { OPERATIONS } from '../planning/operations';
import type { Scale } from '../scale';
import type { PlanTask } from '../tasks';

type Contender = PlanTask['by'];

/** Items that compile the code. */
const WARM_UP = 500;

/** By item: milliseconds and bytes. */
interface Share {
	ms: number;
	bytes: number;
}

/** Each operation reads and checks its parameters before the first call: what that takes by item. */
export async function measurePlanning({ quick, say }: Scale): Promise<RowReport> {
	const count = quick ? 1_000 : 50_000;
	// What n8n takes for an item does not depend on their number.
	const counts = { node: count, n8n: quick ? count : count / 10 };
	const dataFolder = await freshFolder('planning');
	const shares = new Map<string, Share>();
	for (const [operation, { label }] of OPERATIONS.entries()) {
		for (const by of ['node', 'n8n'] as const) {
			const share = await measureOne(dataFolder, { operation, by, count: counts[by] });
			shares.set(keyOf(by, operation), share);
			say(`${label}, ${by}: ${micros(share)}, ${kibibytes(share)} an item`);
		}
	}
	return report(counts, (by, operation) => shares.get(keyOf(by, operation)) as Share);
}

/** Once: so many items are a mean already. */
async function measureOne(dataFolder: string, task: Omit<PlanTask, 'of'>): Promise<Share> {
	const { count } = task;
	const worker = new Worker(dataFolder);
	try {
		await worker.run({ kind: 'plan', ...task, count: WARM_UP, of: count });
		const { ms, growth } = await worker.measureMemory({ kind: 'plan', ...task, of: count });
		return { ms: ms / count, bytes: growth / count };
	} finally {
		await worker.stop();
	}
}

function keyOf(by: Contender, operation: number): string {
	return `${by} ${operation}`;
}

function micros({ ms }: Share): string {
	return `${(ms * 1000).toFixed(0)} µs`;
}

function kibibytes({ bytes }: Share): string {
	return `${(bytes / KIB).toFixed(2)} KiB`;
}

function report(
	counts: Record<Contender, number>,
	of: (by: Contender, operation: number) => Share,
): RowReport {
	const rows = OPERATIONS.map(({ label }, operation) => {
		const [node, n8n] = [of('node', operation), of('n8n', operation)];
		const ratio = (node.ms / n8n.ms).toFixed(2);
		return [label, micros(node), micros(n8n), ratio, kibibytes(node), kibibytes(n8n)];
	});
	const [all, theirs] = [counts.node, counts.n8n].map((count) => count.toLocaleString('en'));
	return {
		id: 'i',
		title: `Planning ${all} items`,
		about: `Every operation reads and checks the parameters of all items before its first call. Here the last of ${all} items is at fault, so that the run ends there and nothing is sent. The rival is n8n itself: a node with the same fields and the same parameters, in the same engine, that calls \`getNodeParameter\` for each of them, item by item (${theirs} items), and does nothing else: no check, no look at the file, no pause for the rest of the process. Time and memory are by item; memory is the peak (VmHWM) above what the process held with the items made, in a fresh process that has read ${WARM_UP} items before. No figure was set to be reached.`,
		figures: [],
		tables: [
			[['Operation', 'Time', 'n8n alone', 'Time ÷ n8n alone', 'Memory', 'n8n alone'], ...rows],
		],
		notes: [
			"Most of it is n8n's: it goes through the fields of a node anew for each parameter of each item, and computes the expressions. The node does not read what it has no use for, such as Knowledge Base where a parent is given. What stays in memory is the work that is planned: of Upload File the source of each file and where it goes.",
		],
	};
}
