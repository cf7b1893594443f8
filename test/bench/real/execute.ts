import { readdir, readFile } from 'node:fs/promises';

import type { Execution, RealN8n } from '../../n8n';
import { sampleMemory, type MemorySample } from '../memory';
import type { Flow } from './workflows';

/** What one execution in a real n8n took. */
export interface Outcome {
	/** Milliseconds from the first request to the last answer; reading the files is not in it. */
	ms: number;
	/** Bytes by which n8n's process grew at most, over what it held before the first request. */
	growth: number;
	/** The same over the beginning of the execution: the reading of the files is in it. */
	wholeGrowth: number;
	/** Files that came out. */
	files: number;
}

/** What n8n notes down of a node's run. */
interface Timing {
	startTime: number;
	executionTime: number;
}

/** Runs the workflow by n8n's command line and watches the memory of its process. */
export async function executeAndWatch(n8n: RealN8n, flow: Flow): Promise<Outcome> {
	const sampler = sampleMemory(async () => await findExecution(flow.id));
	const execution = await n8n.execute(flow.id, { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
	const samples = await sampler.stop();
	if (execution.error) throw new Error(`${flow.id}: ${execution.error}\n${explain(execution)}`);
	const first = timing(execution, flow.first);
	const last = timing(execution, flow.last);
	const begin = first.startTime;
	const end = last.startTime + last.executionTime;
	return {
		ms: end - begin + (hasToken(execution) ? timing(execution, 'Token').executionTime : 0),
		growth: growthBetween(samples, begin, end),
		wholeGrowth: growthBetween(samples, timing(execution, 'Start').startTime, end),
		files: execution.items(flow.last).length,
	};
}

/** The largest sample between two times, over the last one before. */
function growthBetween(samples: MemorySample[], begin: number, end: number): number {
	const before = samples.filter(({ at }) => at <= begin).at(-1);
	const during = samples.filter(({ at }) => at >= begin && at <= end);
	if (!before || during.length === 0) throw new Error('No memory sample of n8n was taken');
	return during.reduce((most, { bytes }) => Math.max(most, bytes), before.bytes) - before.bytes;
}

/** The n8n process that runs a workflow: the harness does not tell its id. */
async function findExecution(workflowId: string): Promise<number | undefined> {
	const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	for (const id of processes) {
		const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
		const parts = command.split('\0');
		if (parts.includes('execute') && parts.includes(`--id=${workflowId}`)) return Number(id);
	}
	return undefined;
}

function timing({ data }: Execution, node: string): Timing {
	const runs = data?.data.resultData.runData[node] as unknown as Timing[] | undefined;
	if (!runs?.length) throw new Error(`The node ${node} did not run`);
	return runs[0];
}

function hasToken({ data }: Execution): boolean {
	return data?.data.resultData.runData.Token !== undefined;
}

function explain({ data }: Execution): string {
	const { error, lastNodeExecuted } = data?.data.resultData ?? {};
	return `${lastNodeExecuted}: ${error?.description ?? ''}`;
}
