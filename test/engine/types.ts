import type {
	ICredentialType,
	IBinaryData,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	IPinData,
	IRunData,
	IWorkflowSettings,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { Readable } from 'node:stream';

/** A workflow as the editor exports it. What a node leaves out gets n8n's defaults. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: Array<Pick<INode, 'name' | 'type'> & Partial<INode>>;
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** Decrypted credential data by credential type name. */
export type CredentialData = Record<string, IDataObject>;

export type LogListener = (level: string, message: string, meta?: object) => void;

export interface EngineOptions {
	/** Extra node types by full type name (`test.source`); they win over all others. */
	nodes?: Record<string, new () => INodeType>;
	/** Extra credential types, beside the package's own. */
	credentialTypes?: Array<new () => ICredentialType>;
	/**
	 * Credential type name → decrypted data. Every node whose type names that credential gets it,
	 * whether or not the workflow's JSON selects one. A refreshed token is kept here in memory, as
	 * n8n keeps it in its database; the object passed in is not changed.
	 */
	credentials?: CredentialData;
	/** How n8n holds files: on disk (n8n's default), or as base64 inside the items. */
	binaryMode?: 'filesystem' | 'default';
	/** n8n's folder. Default: a fresh one under `.cache/engine/`, removed by `close()`. */
	dataFolder?: string;
	logger?: LogListener;
}

export interface RunOptions {
	/**
	 * A trigger puts these out as its items; a workflow without a trigger takes them as the input
	 * of its first node.
	 */
	input?: INodeExecutionData[];
	/** The node to start from, where a workflow has more than one beginning. */
	startNode?: string;
	/**
	 * Aborting cancels the execution as n8n's stop button does; as the time limit of the workflow does
	 * when the reason is that of `AbortSignal.timeout()`.
	 */
	signal?: AbortSignal;
}

export interface LogEntry {
	level: string;
	message: string;
	meta?: object;
}

export interface RunResult {
	status: 'success' | 'error' | 'canceled';
	/** What ended the execution: the very instance the node threw, where it threw one. */
	error?: Error;
	/** The items a node put out, over all its runs; empty where it did not run. */
	items(nodeName: string, output?: number): INodeExecutionData[];
	/** What a node threw in its latest run, also where the workflow went on. */
	nodeError(nodeName: string): Error | undefined;
	hints(nodeName: string): NodeExecutionHint[];
	runData: IRunData;
	logs: LogEntry[];
}

export interface ListSearchOptions {
	filter?: string;
	paginationToken?: string;
	/** The parameter's path, for methods that use relative paths (`&`). */
	path?: string;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface Engine {
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	/** Stores a file through n8n's binary-data service, as a node would. */
	storeBinary(
		data: Buffer | Readable,
		meta?: { fileName?: string; mimeType?: string },
	): Promise<IBinaryData>;
	readBinary(binary: IBinaryData): Promise<Buffer>;
	/** Calls a list search as the editor's drop-down does. */
	loadOptions(
		nodeTypeName: string,
		method: string,
		parameters?: INodeParameters,
		credentials?: CredentialData,
		options?: ListSearchOptions,
	): Promise<INodeListSearchResult>;
	/** Runs a credential's test as the credential dialog does. */
	testCredential(typeName: string, data: IDataObject): Promise<CredentialTestResult>;
	/** The credential's data as n8n's database would hold it now, refreshed token included. */
	storedCredential(typeName: string): IDataObject | undefined;
	/** Where n8n keeps its files. */
	readonly dataFolder: string;
	close(): Promise<void>;
}
