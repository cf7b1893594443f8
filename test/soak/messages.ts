import type { WorkflowJson } from '../engine';
import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';

/** Which stored credentials an execution runs with. */
export type CredentialSet =
	| 'good'
	/** Of an app that may not write. */
	| 'noWrite'
	/** With a base URL where nothing listens. */
	| 'unreachable';

export interface PlannedFile {
	name: string;
	size: number;
}

/** One execution of a workflow, and what happens to it from outside. */
export interface ExecutionOrder {
	workflow: WorkflowJson;
	/** The node whose items count. */
	lastNode: string;
	credentials: CredentialSet;
	files: PlannedFile[];
	/** All files in one item, or each in an item of its own. */
	inOneItem: boolean;
	/** Milliseconds after which the stop button is pressed. */
	cancelAfter?: number;
	/** Whether n8n has pruned the files before the node reads them. */
	pruned?: boolean;
}

/** What the process with n8n's engine can be told to do; the start comes first. */
export type Task =
	| { kind: 'start'; begin: WorkerStart }
	| { kind: 'execute'; order: ExecutionOrder }
	| { kind: 'sample'; collectGarbage: boolean };

/** What comes back; of a start nothing. */
export type TaskResult = ExecutionOutcome | InnerSample | undefined;

export interface FileOutcome extends PlannedFile {
	sha256: string;
	sha1: string;
}

export interface ExecutionOutcome {
	status: 'success' | 'error' | 'canceled';
	/** What was handed to the node. */
	files: FileOutcome[];
	/** Items of the last node that are no errors. */
	done: number;
	/** Of the execution, and of error items: sentence and code. */
	errors: string[];
}

/** What the process knows of itself. */
export interface InnerSample {
	rss: number;
	heapUsed: number;
	external: number;
	arrayBuffers: number;
	/** By kind, as Node.js names them. */
	resources: Record<string, number>;
}

export interface WorkerStart {
	dataFolder: string;
	dingTalk: { apiUrl: string; seed: typeof SEED };
	pds: { apiUrl: string; seed: typeof PDS_SEED };
}
