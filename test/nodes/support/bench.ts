import type { IBinaryData, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll } from 'vitest';

import {
	startEngine,
	type Engine,
	type EngineOptions,
	type ListSearchOptions,
	type RunOptions,
	type RunResult,
	type WorkflowJson,
} from '../../engine';
import { chain } from '../../engine/fixtures';
import {
	SEED,
	startLocalDingTalk,
	type CallName,
	type LocalDingTalk,
	type LocalDingTalkOptions,
} from '../../services/dingtalk';
import { emittedBy, SecretWatch } from './secrets';

/** Full type name of the node under test. */
export const NODE = 'n8n-nodes-dingtalk-knowledge-base.dingTalkKnowledgeBase';

export const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

export interface BenchOptions {
	engine?: Pick<EngineOptions, 'binaryMode'>;
	local?: LocalDingTalkOptions;
	/** Beside address, key and secret of the app, and the operator. */
	credential?: IDataObject;
}

export interface NodeRunOptions extends RunOptions {
	/** Settings of the node, e.g. `onError`. */
	node?: Partial<INode>;
	/** Settings of the workflow. */
	settings?: WorkflowJson['settings'];
	/** Fields of the credential that differ in this run. */
	credential?: IDataObject;
}

/** One run of the node. */
export interface NodeRun extends RunResult {
	/** The JSON of its items. */
	json: IDataObject[];
	/** What n8n's error panel shows. */
	shown: ShownError;
}

export interface ShownError {
	name: string;
	message: string;
	description: string;
	itemIndex?: number;
	data: IDataObject;
}

/** The built node in n8n's engine against a local DingTalk; every run is searched for secrets. */
export class Bench {
	engine!: Engine;

	local!: LocalDingTalk;

	private readonly engines = new Map<string, Engine>();

	private readonly watch = new SecretWatch();

	constructor(private readonly options: BenchOptions) {}

	async open(): Promise<void> {
		this.local = await startLocalDingTalk({ keepBytes: true, ...this.options.local });
		this.engine = await this.engineWith({});
	}

	async close(): Promise<void> {
		for (const engine of this.engines.values()) await engine.close();
		await this.local.close();
	}

	/** Beginning of each test; the token of the test before is then unknown to the service. */
	reset(): void {
		this.local.reset();
	}

	/** The credential of the internal app. */
	credential(more: IDataObject = {}): IDataObject {
		const { appKey, appSecret } = SEED.app;
		const operatorUnionId = SEED.operator.unionId;
		const own = { region: 'custom', apiBaseUrl: this.local.apiUrl, operatorUnionId };
		return { ...own, appKey, appSecret, ...this.options.credential, ...more };
	}

	async engineWith(more: IDataObject): Promise<Engine> {
		const key = JSON.stringify(more);
		let engine = this.engines.get(key);
		if (!engine) {
			const credentials = { dingTalkApi: this.credential(more) };
			// All engines read the same files.
			const dataFolder = this.engine?.dataFolder;
			engine = await startEngine({ ...this.options.engine, credentials, dataFolder });
			this.engines.set(key, engine);
		}
		return engine;
	}

	/** A file in n8n's binary store. */
	async file(content: string | Buffer, fileName = 'note.txt', mimeType = 'text/plain') {
		return await this.engine.storeBinary(Buffer.from(content), { fileName, mimeType });
	}

	/** An item with files by field; texts become files of that content, named like their field. */
	async item(files: Record<string, string | IBinaryData>, json: IDataObject = {}) {
		const binary: Record<string, IBinaryData> = {};
		for (const [field, file] of Object.entries(files)) {
			binary[field] = typeof file === 'string' ? await this.file(file, `${field}.txt`) : file;
		}
		return { json, binary } satisfies INodeExecutionData;
	}

	/** Runs the node behind a trigger that puts out the given items. */
	async run(parameters: INode['parameters'], options: NodeRunOptions = {}): Promise<NodeRun> {
		const { node, settings, ...rest } = options;
		const workflow = chain(START, { name: 'DingTalk', type: NODE, parameters, ...node });
		const result = await this.workflow({ ...workflow, settings }, rest);
		return {
			...result,
			json: result.items('DingTalk').map(({ json }) => json),
			shown: shownError(result.nodeError('DingTalk')),
		};
	}

	/** Runs a workflow and looks for secrets in what it emits. */
	async workflow(
		workflow: WorkflowJson,
		{ credential = {}, ...options }: RunOptions & { credential?: IDataObject } = {},
	): Promise<RunResult> {
		const engine = await this.engineWith(credential);
		const result = await engine.run(workflow, options);
		this.watch.learn(this.local);
		const signaturesInItems = JSON.stringify(workflow).includes('getUploadInfo');
		this.watch.expectNoneIn({ ...emittedBy(result), signaturesInItems });
		return result;
	}

	/** Opens a list as the editor does; the message of an error is what the user sees. */
	async list(
		method: string,
		parameters: INode['parameters'] = {},
		{ credential = {}, ...options }: ListSearchOptions & { credential?: IDataObject } = {},
	) {
		const own = { dingTalkApi: this.credential(credential) };
		try {
			const found = await this.engine.loadOptions(NODE, method, parameters, own, options);
			this.expectNoSecretsIn([found], []);
			return found;
		} catch (error) {
			this.expectNoSecretsIn([], [error]);
			throw error as Error;
		}
	}

	/** Another service whose tokens and signatures are secrets too. */
	alsoWatch(local: LocalDingTalk): void {
		this.watch.learn(local);
	}

	expectNoSecretsIn(items: unknown[], said: unknown[]): void {
		this.watch.learn(this.local);
		this.watch.expectNoneIn({ items, said });
	}

	/** The names of the calls so far, without those for a token. */
	callNames(): CallName[] {
		const names = this.local.calls.map(({ name }) => name);
		return names.filter((name) => name !== 'token' && name !== 'corpToken');
	}
}

/** A bench for the tests of a file, back at its start before each. */
export function useBench(options: BenchOptions = {}): Bench {
	const bench = new Bench(options);
	beforeAll(async () => await bench.open());
	afterEach(() => bench.reset());
	afterAll(async () => await bench.close());
	return bench;
}

/** A resource locator's value. */
export function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}

export function shownError(error: Error | undefined): ShownError {
	const {
		name = '',
		message = '',
		description,
		context,
	} = (error ?? {}) as Error & {
		description?: string | null;
		context?: { itemIndex?: number; data?: IDataObject };
	};
	const { itemIndex, data = {} } = context ?? {};
	return { name, message, description: description ?? '', itemIndex, data };
}
