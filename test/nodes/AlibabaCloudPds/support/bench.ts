import type { IBinaryData, IDataObject, INode } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import {
	startEngine,
	type Engine,
	type EngineOptions,
	type ListSearchOptions,
	type WorkflowJson,
} from '../../../engine';
import { chain } from '../../../engine/fixtures';
import {
	SEED,
	startLocalPds,
	type LocalPds,
	type LocalPdsOptions,
	type PdsCallName,
} from '../../../services/pds';
import { shownError, START, type NodeRun, type NodeRunOptions } from '../../support/bench';
import { emittedBy } from '../../support/secrets';

/** Full type name of the node under test. */
export const NODE = 'n8n-nodes-dingtalk-knowledge-base.alibabaCloudPds';

export const MIB = 2 ** 20;

export interface PdsBenchOptions {
	engine?: Pick<EngineOptions, 'binaryMode'>;
	local?: LocalPdsOptions;
	/** Beside domain and address. */
	credential?: IDataObject;
}

/** The node in n8n's engine against a local PDS; every run is searched for secrets. */
export class PdsBench {
	engine!: Engine;

	local!: LocalPds;

	private readonly engines = new Map<string, Engine>();

	constructor(private readonly options: PdsBenchOptions) {}

	async open(): Promise<void> {
		this.local = await startLocalPds({ keepBytes: true, ...this.options.local });
		this.engine = await this.engineWith({});
	}

	async close(): Promise<void> {
		for (const engine of this.engines.values()) await engine.close();
		await this.local.close();
	}

	/** The credential with the seed's access token. */
	credential(more: IDataObject = {}): IDataObject {
		const own = { domainId: SEED.domainId, apiBaseUrl: this.local.apiUrl };
		return {
			...own,
			authType: 'accessToken',
			accessToken: SEED.accessToken,
			...this.options.credential,
			...more,
		};
	}

	async engineWith(more: IDataObject): Promise<Engine> {
		const key = JSON.stringify(more);
		const kept = this.engines.get(key);
		if (kept) return kept;
		const engine = await startEngine({
			...this.options.engine,
			credentials: { alibabaCloudPdsApi: this.credential(more) },
			// All engines read the same files.
			dataFolder: this.engine?.dataFolder,
		});
		this.engines.set(key, engine);
		return engine;
	}

	async file(content: string | Buffer, fileName = 'note.txt', mimeType = 'text/plain') {
		return await this.engine.storeBinary(Buffer.from(content), { fileName, mimeType });
	}

	/** An item with files by field; texts become files named like their field. */
	async item(files: Record<string, string | Buffer | IBinaryData>, json: IDataObject = {}) {
		const binary: Record<string, IBinaryData> = {};
		for (const [field, file] of Object.entries(files)) {
			const isContent = typeof file === 'string' || Buffer.isBuffer(file);
			binary[field] = isContent ? await this.file(file, `${field}.txt`) : file;
		}
		return { json, binary };
	}

	/** Runs the node behind a trigger that puts out the given items. */
	async run(parameters: INode['parameters'], options: NodeRunOptions = {}): Promise<NodeRun> {
		const { node, settings, credential, ...rest } = options;
		const workflow = chain(START, { name: 'PDS', type: NODE, parameters, ...node });
		const result = await this.workflow({ ...workflow, settings }, { credential, ...rest });
		return {
			...result,
			json: result.items('PDS').map(({ json }) => json),
			shown: shownError(result.nodeError('PDS')),
		};
	}

	/** Uploads one file, with the given options of the node. */
	async upload(content: string | Buffer, options: IDataObject = {}, more: NodeRunOptions = {}) {
		const input = [await this.item({ data: content })];
		return await this.run(uploadOf(options), { input, ...more });
	}

	/** Opens a list as the editor does; the message of an error is what the user sees. */
	async list(
		method: string,
		parameters: INode['parameters'] = {},
		{ credential = {}, ...options }: ListSearchOptions & { credential?: IDataObject } = {},
	) {
		const own = { alibabaCloudPdsApi: this.credential(credential) };
		const opened = this.engine.loadOptions(NODE, method, parameters, own, options);
		const [outcome] = await Promise.allSettled([opened]);
		expect(secretsIn(this.local, outcome), 'secrets in the list').toEqual([]);
		return await opened;
	}

	/** Runs a workflow and looks for secrets in what it emits. */
	async workflow(
		workflow: WorkflowJson,
		{ credential = {}, ...options }: Omit<NodeRunOptions, 'node' | 'settings'> = {},
	) {
		const engine = await this.engineWith(credential);
		const result = await engine.run(workflow, options);
		const { said } = emittedBy(result);
		expect(secretsIn(this.local, said), 'secrets in errors and logs').toEqual([]);
		if (!JSON.stringify(workflow).includes('getUploadUrl')) {
			expect(secretsIn(this.local, result.items('PDS')), 'secrets in items').toEqual([]);
		}
		return result;
	}

	/** The names of the calls so far. */
	callNames(): PdsCallName[] {
		return this.local.calls.map(({ name }) => name);
	}

	/** What the calls of a kind had as their body. */
	bodies(name: PdsCallName): IDataObject[] {
		return this.local.callsOf(name).map(({ body }) => body as IDataObject);
	}

	/** The part numbers that were PUT, in order. */
	partsPut(): number[] {
		return this.local.callsOf('partPut').map(({ query }) => Number(query.partNumber));
	}
}

/** A bench for the tests of a file, back at its start before each. */
export function usePds(options: PdsBenchOptions = {}): PdsBench {
	const bench = new PdsBench(options);
	beforeAll(async () => await bench.open());
	afterEach(() => bench.local.reset());
	afterAll(async () => await bench.close());
	return bench;
}

/** The parameters of Upload File. */
export function uploadOf(options: IDataObject = {}, more: INode['parameters'] = {}) {
	const place = { driveId: SEED.driveId, parentFileId: 'root' };
	return {
		resource: 'file',
		operation: 'upload',
		...place,
		options,
		...more,
	} as INode['parameters'];
}

/** Bytes that repeat nowhere near. */
export function bytes(size: number, seed = 1): Buffer {
	const buffer = Buffer.alloc(size);
	let state = seed;
	for (let at = 0; at + 4 <= size; at += 4) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		buffer.writeUInt32LE(state, at);
	}
	return buffer;
}

export function sha1(content: string | Buffer): string {
	return createHash('sha1').update(content).digest('hex');
}

/** The names of the secrets in what was emitted. */
function secretsIn({ calls }: LocalPds, emitted: unknown): string[] {
	const secrets = new Map<string, string>([
		['private key', SEED.jwt.privateKey.slice(40, 80)],
		['AccessKey secret', SEED.accessKey.secret],
		['STS secret', SEED.accessKey.sts.secret],
		['security token', SEED.accessKey.sts.securityToken],
		['access token', SEED.accessToken],
	]);
	for (const { headers, query } of calls) {
		const [, token] = /^Bearer (\S+)/.exec(headers.authorization ?? '') ?? [];
		if (token) secrets.set('token', token);
		const signature = query.Signature ?? query['x-oss-signature'];
		if (signature) secrets.set(`signature ${signature}`, encodeURIComponent(signature));
	}
	const text = JSON.stringify(emitted, withErrors()) ?? '';
	return [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => name);
}

/** Errors have fields that JSON leaves out. */
function withErrors() {
	const seen = new WeakSet<object>();
	return (_key: string, value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return '[seen]';
		seen.add(value);
		if (!(value instanceof Error)) return value;
		const { message, stack, cause } = value;
		return { ...value, message, stack, cause };
	};
}
