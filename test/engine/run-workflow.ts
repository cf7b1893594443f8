import type {
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import type { WorkflowExecute } from 'n8n-core';

import { createAdditionalData } from './additional-data';
import type { EngineCredentials } from './credentials-helper';
import type { Host } from './host';
import { n8nWorkflow } from './n8n';
import type { TypeRegistry } from './node-types';
import type { LogEntry, RunOptions, RunResult, WorkflowJson } from './types';

export interface RunParts {
	host: Host;
	types: TypeRegistry;
	credentials: EngineCredentials;
	executionId: string;
	logs: LogEntry[];
}

/** Runs one workflow from its trigger to its end, as n8n's "Execute workflow" does. */
export async function runWorkflow(
	json: WorkflowJson,
	options: RunOptions,
	parts: RunParts,
): Promise<RunResult> {
	const { host, types, credentials, executionId } = parts;
	const workflow = toWorkflow(json, types, credentials);
	const startNode = findStartNode(workflow, options.startNode);
	const additionalData: IWorkflowExecuteAdditionalData = Object.assign(
		createAdditionalData(credentials),
		{
			executionId,
			workflowId: workflow.id,
			hooks: new host.core.ExecutionLifecycleHooks('manual', executionId, {
				...json,
				id: workflow.id,
			} as never),
		},
	);
	const execution = new host.core.WorkflowExecute(additionalData, 'manual');
	const thrown = keepThrownErrors(execution);
	let run: IRun;
	let canceled = false;
	try {
		const running = start(execution, {
			workflow,
			startNode,
			...startData(workflow, startNode, json, options.input),
		});
		const stopWatching = watchForCancel(execution, running, options.signal);
		try {
			run = await running;
		} finally {
			stopWatching();
		}
		canceled = running.isCanceled;
	} catch (error) {
		// Parameters missing or wrong: n8n refuses to start
		return toResult({}, 'error', error as Error, parts.logs, thrown);
	}
	const { runData, error } = run.data.resultData;
	const ended = run.status === 'success' || run.status === 'canceled' ? run.status : 'error';
	const status = canceled ? 'canceled' : ended;
	return toResult(runData, status, error && thrown(error), parts.logs, thrown);
}

type StartOptions = Parameters<WorkflowExecute['run']>[0];

/** Starts an execution; n8n 1.x wants a list where newer ones want an object. */
function start(execution: WorkflowExecute, options: StartOptions) {
	if (execution.run.length === 1) return execution.run(options);
	const { workflow, startNode, destinationNode, pinData, triggerToStartFrom } = options;
	const list = [workflow, startNode, destinationNode, pinData, triggerToStartFrom];
	const run = execution.run.bind(execution) as unknown as (
		...all: typeof list
	) => ReturnType<WorkflowExecute['run']>;
	return run(...list);
}

/** The workflow as n8n would read it from its database, each node with its credentials. */
function toWorkflow(
	json: WorkflowJson,
	types: TypeRegistry,
	{ stored }: EngineCredentials,
): Workflow {
	const copy = structuredClone(json);
	const nodes = copy.nodes.map((given, index): INode => {
		const node = { id: `node-${index}`, typeVersion: 1, parameters: {}, ...given };
		const asked = [
			...types.credentialsOf(node.type, node.typeVersion),
			node.parameters.nodeCredentialType as string | undefined,
		].filter((type): type is string => type !== undefined && stored.has(type));
		const credentials = { ...node.credentials };
		for (const type of asked) credentials[type] ??= { id: `engine-${type}`, name: type };
		return { position: [index * 200, 0], ...node, credentials };
	});
	return new n8nWorkflow.Workflow({
		id: copy.id ?? 'engineworkflow01',
		name: copy.name ?? 'Workflow',
		nodes,
		connections: copy.connections,
		active: false,
		nodeTypes: types.nodeTypes,
		settings: { executionOrder: 'v1', ...copy.settings },
	});
}

/** The named node, or else the first trigger, or else the first node nothing leads to. */
function findStartNode(workflow: Workflow, name?: string): INode {
	if (name !== undefined) {
		const named = workflow.getNode(name);
		if (!named) throw new Error(`The workflow has no node "${name}" to start from`);
		return named;
	}
	const roots = Object.values(workflow.nodes).filter(
		({ name: own, disabled, type }) =>
			!disabled && type !== 'n8n-nodes-base.stickyNote' && !workflow.getParentNodes(own).length,
	);
	const start = roots.find((node) => isTrigger(typeOf(workflow, node))) ?? roots[0];
	if (!start) throw new Error('The workflow has no node to start from');
	return start;
}

function typeOf(workflow: Workflow, node: INode): INodeType {
	return workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
}

function isTrigger({ description }: INodeType): boolean {
	return description.group.includes('trigger');
}

/**
 * How the given items enter the workflow. A node with `execute` gets them as its input (the
 * trigger stand-ins hand them on); a real trigger is pinned to them, since it would wait for
 * events that never come.
 */
function startData(
	workflow: Workflow,
	startNode: INode,
	{ pinData }: WorkflowJson,
	input?: INodeExecutionData[],
) {
	if (!input) return { pinData };
	const { execute } = typeOf(workflow, startNode);
	if (!execute) return { pinData: { ...pinData, [startNode.name]: input } };
	const data = { data: { main: [input] } } as unknown as ITaskData;
	return { pinData, triggerToStartFrom: { name: startNode.name, data } };
}

/** Cancels when the signal aborts; returns how to stop watching. */
function watchForCancel(
	execution: WorkflowExecute,
	running: { cancel(): void },
	signal: AbortSignal | undefined,
): () => void {
	const cancel = () => {
		execution.timedOut = (signal?.reason as Error | undefined)?.name === 'TimeoutError';
		running.cancel();
	};
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	return () => signal?.removeEventListener('abort', cancel);
}

/**
 * n8n records a plain copy of each error. Tests want the error itself, so the method that runs a
 * node is watched; the copy has the stack of what it threw.
 */
function keepThrownErrors(execution: WorkflowExecute): (recorded: object) => Error {
	const originals = new Map<unknown, Error>();
	const runNode = execution.runNode.bind(execution);
	execution.runNode = async (...all) => {
		try {
			return await runNode(...all);
		} catch (error) {
			// n8n turns an axios error into a NodeApiError afterwards: then the copy is the better one
			const isWrapped = (error as { isAxiosError?: boolean })?.isAxiosError === true;
			if (error instanceof Error && !isWrapped) originals.set(error.stack, error);
			throw error;
		}
	};
	return (recorded) =>
		originals.get((recorded as Error).stack) ??
		(recorded instanceof Error
			? recorded
			: Object.assign(Object.create(Error.prototype) as Error, recorded));
}

function toResult(
	runData: RunResult['runData'],
	status: RunResult['status'],
	error: Error | undefined,
	logs: LogEntry[],
	thrown: (recorded: object) => Error,
): RunResult {
	const runs = (node: string) => runData[node] ?? [];
	return {
		status,
		error,
		runData,
		logs,
		items: (node, output = 0) => runs(node).flatMap((run) => run.data?.main?.[output] ?? []),
		nodeError: (node) => {
			const recorded = runs(node).at(-1)?.error;
			return recorded && thrown(recorded);
		},
		hints: (node) => runs(node).flatMap((run) => run.hints ?? []),
	};
}
