import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { runCredentialTest } from './credential-test';
import { EngineCredentials } from './credentials-helper';
import { startHost, type Scope } from './host';
import { searchList } from './list-search';
import { projectFolder } from './n8n';
import { loadTypes } from './node-types';
import { runWorkflow } from './run-workflow';
import type {
	CredentialData,
	CredentialTestResult,
	Engine,
	EngineOptions,
	LogEntry,
} from './types';

export { n8nWorkflow, projectFolder } from './n8n';
export type * from './types';

/** The id n8n would give the workflow that files stored from outside belong to. */
const outsideWorkflow = 'engineworkflow00';

/**
 * Starts n8n's execution engine (`n8n-core`) without its server: whole workflows run in it, with
 * n8n's own expressions, binary data, HTTP helpers and credential handling.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
	const dataFolder = options.dataFolder ?? (await createDataFolder());
	const host = startHost(dataFolder);
	const binary = await host.openBinaryData(options.binaryMode ?? 'filesystem', dataFolder);
	const scope: Scope = { ...binary, log: options.logger ?? (() => {}) };
	const types = await host.within(scope, async () => await loadTypes(host, options));
	const credentials = credentialStore(options.credentials);
	let executions = 0;
	let closed = false;

	function credentialStore(data: CredentialData = {}): EngineCredentials {
		const copies = Object.entries(structuredClone(data)) as Array<
			[string, ICredentialDataDecryptedObject]
		>;
		return new EngineCredentials(types.credentialType, new Map(copies));
	}

	/** Runs an action with this engine's services in place of n8n's process-wide ones. */
	async function inside<T>(action: () => Promise<T>, logs?: LogEntry[]): Promise<T> {
		if (closed) throw new Error('This engine is closed');
		const log: Scope['log'] = (level, message, meta) => {
			logs?.push({ level, message, meta });
			scope.log(level, message, meta);
		};
		return await host.within({ ...scope, log }, action);
	}

	return {
		dataFolder,
		run: async (workflow, runOptions = {}) => {
			const logs: LogEntry[] = [];
			const executionId = String(++executions);
			const parts = { host, types, credentials, executionId, logs };
			return await inside(async () => await runWorkflow(workflow, runOptions, parts), logs);
		},
		storeBinary: async (data, { fileName, mimeType } = {}) =>
			await inside(
				async () =>
					await host.core.prepareBinaryData(data, '0', outsideWorkflow, fileName, mimeType),
			),
		readBinary: async (file) => await inside(async () => await binary.binaryData.getAsBuffer(file)),
		loadOptions: async (nodeType, method, parameters = {}, own, searchOptions = {}) => {
			const parts = { host, types, credentials: own ? credentialStore(own) : credentials };
			return await inside(
				async () => await searchList(parts, nodeType, method, parameters, searchOptions),
			);
		},
		testCredential: async (typeName, data) =>
			await inside(
				async () =>
					await runCredentialTest(
						{ host, types },
						typeName,
						structuredClone(data) as ICredentialDataDecryptedObject,
					),
			),
		storedCredential: (typeName) =>
			structuredClone(credentials.stored.get(typeName)) as IDataObject | undefined,
		close: async () => {
			closed = true;
			if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

/** Runs a credential's test request as n8n's credential dialog does. */
export async function testCredential(
	engine: Engine,
	typeName: string,
	data: IDataObject,
): Promise<CredentialTestResult> {
	return await engine.testCredential(typeName, data);
}

async function createDataFolder(): Promise<string> {
	const parent = join(projectFolder, '.cache', 'engine');
	await mkdir(parent, { recursive: true });
	return await mkdtemp(join(parent, 'n8n-'));
}
