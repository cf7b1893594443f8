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
import type { LocalService, RecordedCall } from '../../services/core/types';
import { emittedBy, SecretWatch } from './secrets';
import { START } from './workflow';

export { locator, START } from './workflow';

export interface RigOptions<ServiceOptions> {
	engine?: Pick<EngineOptions, 'binaryMode' | 'logger'>;
	service?: ServiceOptions;
	/** Fields of the credential that differ, e.g. an address where nothing listens. */
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

/** What a rig is made of. */
export interface RigParts<Service, ServiceOptions> {
	/** Full type name of the node. */
	type: string;
	/** Its name in the workflows. */
	name: string;
	credentialType: string;
	start(options?: ServiceOptions): Promise<Service>;
	/** A credential that leads to the service. */
	credential(service: Service): IDataObject;
	/** In the JSON of a node: its very job is to give out signatures. */
	givesSignatures: RegExp;
	/** In the JSON of a workflow: its items carry signatures on; default as above. */
	carriesSignatures?: RegExp;
}

/** A built node in n8n's engine against its local service; every run is searched for secrets. */
export class Rig<Service extends LocalService, ServiceOptions> {
	engine!: Engine;

	service!: Service;

	private readonly engines = new Map<string, Engine>();

	private readonly watch = new SecretWatch();

	constructor(
		private readonly parts: RigParts<Service, ServiceOptions>,
		private readonly options: RigOptions<ServiceOptions>,
	) {}

	async open(): Promise<void> {
		this.service = await this.parts.start(this.options.service);
		this.engine = await this.engineWith({});
	}

	async close(): Promise<void> {
		for (const engine of this.engines.values()) await engine.close();
		await this.service.close();
	}

	/** Beginning of each test; the token of the test before is then unknown to the service. */
	reset(): void {
		this.service.reset();
	}

	/** The usual credential, with these fields. */
	credential(more: IDataObject = {}): IDataObject {
		return { ...this.parts.credential(this.service), ...this.options.credential, ...more };
	}

	async engineWith(more: IDataObject): Promise<Engine> {
		const key = JSON.stringify(more);
		const kept = this.engines.get(key);
		if (kept) return kept;
		const engine = await startEngine({
			...this.options.engine,
			credentials: { [this.parts.credentialType]: this.credential(more) },
			// All engines read the same files.
			dataFolder: this.engine?.dataFolder,
		});
		this.engines.set(key, engine);
		return engine;
	}

	/** A file in n8n's binary store. */
	async file(content: string | Buffer, fileName = 'note.txt', mimeType = 'text/plain') {
		return await this.engine.storeBinary(Buffer.from(content), { fileName, mimeType });
	}

	/** An item with files by field; contents become files named like their field. */
	async item(files: Record<string, string | Buffer | IBinaryData>, json: IDataObject = {}) {
		const binary: Record<string, IBinaryData> = {};
		for (const [field, file] of Object.entries(files)) {
			const isContent = typeof file === 'string' || Buffer.isBuffer(file);
			binary[field] = isContent ? await this.file(file, `${field}.txt`) : file;
		}
		return { json, binary } satisfies INodeExecutionData;
	}

	/** Items with a file each, in the field `data`. @param jsonOf what an item has beside its file */
	async items(
		contents: Array<string | Buffer>,
		jsonOf: (index: number) => IDataObject = () => ({}),
	): Promise<INodeExecutionData[]> {
		const items: INodeExecutionData[] = [];
		for (const [index, data] of contents.entries()) {
			items.push(await this.item({ data }, jsonOf(index)));
		}
		return items;
	}

	/** Runs the node behind a trigger that puts out the given items. */
	async run(parameters: INode['parameters'], options: NodeRunOptions = {}): Promise<NodeRun> {
		const { node, settings, ...rest } = options;
		const { name, type } = this.parts;
		const workflow = chain(START, { name, type, parameters, ...node });
		const result = await this.workflow({ ...workflow, settings }, rest);
		const signaturesInItems = this.parts.givesSignatures.test(JSON.stringify(parameters));
		this.watch.expectNoneIn({ said: [], items: result.items(name), signaturesInItems });
		return {
			...result,
			json: result.items(name).map(({ json }) => json),
			shown: shownError(result.nodeError(name)),
		};
	}

	/** Runs a workflow and looks for secrets in what it emits. */
	async workflow(
		workflow: WorkflowJson,
		{ credential = {}, ...options }: RunOptions & { credential?: IDataObject } = {},
	): Promise<RunResult> {
		const engine = await this.engineWith(credential);
		const result = await engine.run(workflow, options);
		this.watch.learn(this.service.calls);
		const { givesSignatures, carriesSignatures = givesSignatures } = this.parts;
		const signaturesInItems = carriesSignatures.test(JSON.stringify(workflow));
		this.watch.expectNoneIn({ ...emittedBy(result), signaturesInItems });
		return result;
	}

	/** Opens a list as the editor does; the message of an error is what the user sees. */
	async list(
		method: string,
		parameters: INode['parameters'] = {},
		{ credential = {}, ...options }: ListSearchOptions & { credential?: IDataObject } = {},
	) {
		const { type, credentialType } = this.parts;
		const own = { [credentialType]: this.credential(credential) };
		try {
			const found = await this.engine.loadOptions(type, method, parameters, own, options);
			this.expectNoSecretsIn([found], []);
			return found;
		} catch (error) {
			this.expectNoSecretsIn([], [error]);
			throw error as Error;
		}
	}

	/** All pages of a list, as scrolling down gives them. */
	async allPages(
		method: string,
		parameters: INode['parameters'] = {},
		options: { filter?: string; credential?: IDataObject } = {},
	) {
		const pages = [];
		let paginationToken: string | undefined;
		do {
			const page = await this.list(method, parameters, { ...options, paginationToken });
			pages.push(page.results);
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken);
		return pages;
	}

	/** Another service whose tokens and signatures are secrets too. */
	alsoWatch({ calls }: { calls: RecordedCall[] }): void {
		this.watch.learn(calls);
	}

	expectNoSecretsIn(items: unknown[], said: unknown[]): void {
		this.watch.learn(this.service.calls);
		this.watch.expectNoneIn({ items, said });
	}
}

/** Opens a rig for the tests of a file, and puts it back to its start before each. */
export function opened<R extends Rig<LocalService, unknown>>(rig: R): R {
	beforeAll(async () => await rig.open());
	afterEach(() => rig.reset());
	afterAll(async () => await rig.close());
	return rig;
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
