import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listen } from '../services/core/listen';
import { closeDispatchers } from '../nodes/support/haste';
import { faultsOf, type MatrixFault } from './faults';
import { expectAllIsWell } from './invariants';
import { checkSection } from './page';
import { play, type Cell, type Sight } from './play';
import type { Step } from './steps';

/** One fault at one step, as the table has it. */
export interface Row {
	fault: MatrixFault;
	/** The first request meets it; left out when the node makes none but that. */
	once?: Sight;
	/** Every request meets it. */
	always: Sight;
}

/** Cells that are played at the same time: most of their time is waiting. */
const AT_A_TIME = 80;

/**
 * A test for every fault at the steps, and for each step one that compares what was seen with the
 * page. All cells are played at the same time, each against a service of its own.
 */
export function testMatrix(parts: MatrixPart[]): void {
	const columns = parts.map((part) => ({ part, faults: faultsOf(part.step) }));
	const played = new Map<MatrixPart, Map<MatrixFault, Promise<PromiseSettledResult<Row>>>>();
	const all = async () =>
		await Promise.all([...played.values()].flatMap((rows) => [...rows.values()]));
	let other: OtherHost;
	beforeAll(async () => {
		other = await startOtherHost();
		const turns = limit(AT_A_TIME);
		const playOne = async (cell: Cell) =>
			await turns(async () => await play(cell, other.url, expectAllIsWell));
		for (const { part, faults } of columns) {
			const rows = faults.map((fault) => [fault, settled(playRow(part, fault, playOne))] as const);
			played.set(part, new Map(rows));
		}
	});
	afterAll(async () => {
		await all();
		await other.close();
	});

	describe.each(columns)('$part.section', ({ part, faults }) => {
		for (const fault of faults) {
			it(fault.what, async () => {
				const ended = await played.get(part)?.get(fault);
				if (ended?.status !== 'fulfilled') throw ended?.reason;
			});
		}

		it('the page has what was seen (npm run docs)', async () => {
			const ended = await Promise.all(played.get(part)?.values() ?? []);
			const rows = ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
			expect(rows).toHaveLength(faults.length);
			checkSection(part.section, part.step, rows);
		});
	});

	it('nothing went to another host, and no request is under way', async () => {
		await all();
		expect(other.connections()).toBe(0);
		// Waits for requests that run.
		await closeDispatchers();
	});
}

/** A part of the matrix, and so a table of the page. */
export interface MatrixPart {
	step: Step;
	/** With which each fault is played; they must not differ in what is seen. */
	strategies?: Array<Cell['strategy']>;
	/** Heading of its table. */
	section: string;
}

type Play = (cell: Cell) => Promise<Sight>;

/** A fault with every strategy: to every request, and to the first only if there are several. */
async function playRow(
	{ step, strategies = [undefined] }: MatrixPart,
	fault: MatrixFault,
	playOne: Play,
): Promise<Row> {
	const played = strategies.map(async (strategy): Promise<Row> => {
		const cell = { step, fault, strategy };
		const always = await playOne({ ...cell, often: 'always' });
		const wasRepeated = (always.requests[step.name] ?? 0) > 1 || 'refused' in always.requests;
		const once = wasRepeated ? await playOne({ ...cell, often: 'once' }) : undefined;
		return { fault, always, ...(once && { once }) };
	});
	const [first, ...others] = await Promise.all(played);
	for (const row of others) expect(row).toEqual(first);
	return first;
}

/** Lets so many run at a time, in the order in which they came. */
function limit(atATime: number) {
	const waiting: Array<() => void> = [];
	let running = 0;
	return async <T>(action: () => Promise<T>): Promise<T> => {
		if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await action();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}

/** A rejection is kept for the row's own test. */
async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
	const [ended] = await Promise.allSettled([promise]);
	return ended;
}

interface OtherHost {
	url: string;
	connections(): number;
	close(): Promise<void>;
}

/** A server that redirects lead to, and that must never hear of it. */
async function startOtherHost(): Promise<OtherHost> {
	let connections = 0;
	const server: Server = createServer((_request, response) => response.end());
	server.on('connection', () => connections++);
	const url = await listen(server);
	return {
		url,
		connections: () => connections,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
