import type { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { loadN8nCore, n8nWorkflow, type N8nPackages } from './n8n';
import type { LogListener } from './types';

/** What one engine's code sees of n8n's process-wide services. */
export interface Scope {
	binaryData: BinaryDataService;
	binaryConfig: BinaryDataConfig;
	log: LogListener;
}

export interface Host extends N8nPackages {
	/** Runs `action` so that n8n's services are the given ones for it and all it starts. */
	within<T>(scope: Scope, action: () => Promise<T>): Promise<T>;
	/** n8n's binary-data service for one engine, with its own mode and folder. */
	openBinaryData(
		mode: 'filesystem' | 'default',
		dataFolder: string,
	): Promise<Pick<Scope, 'binaryData' | 'binaryConfig'>>;
}

let host: Host | undefined;

/**
 * Loads n8n-core once per process. n8n has one binary-data service and one logger per process;
 * here each is replaced by a switch that leads to the running engine's own, so that engines with
 * different settings can live side by side, even run at the same time.
 */
export function startHost(dataFolder: string): Host {
	host ??= createHost(dataFolder);
	return host;
}

function createHost(dataFolder: string): Host {
	Object.assign(process.env, {
		N8N_USER_FOLDER: dataFolder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_LOG_LEVEL: 'silent',
	});
	const packages = loadN8nCore();
	const { core, container, Logger } = packages;
	const scopes = new AsyncLocalStorage<Scope>();

	const logger = createLogger((level, message, meta) =>
		scopes.getStore()?.log(level, message, meta),
	);
	container.set(Logger, logger);
	n8nWorkflow.LoggerProxy.init(logger);
	container.set(
		core.BinaryDataService,
		switchOf(() => scopeNow(scopes).binaryData),
	);
	container.set(
		core.BinaryDataConfig,
		switchOf(() => scopeNow(scopes).binaryConfig),
	);

	return {
		...packages,
		within: async (scope, action) => await scopes.run(scope, action),
		openBinaryData: async (mode, folder) => {
			const binaryConfig: BinaryDataConfig = {
				mode,
				availableModes: ['filesystem'],
				localStoragePath: join(folder, '.n8n', 'storage'),
				signingSecret: randomBytes(32).toString('base64'),
				dbMaxFileSize: 512,
				initialize: async () => {},
			};
			const errors = container.get(core.ErrorReporter);
			const binaryData = new core.BinaryDataService(binaryConfig, errors, logger as never);
			await binaryData.init();
			return { binaryData, binaryConfig };
		},
	};
}

/** The scope of the code that is running; n8n code outside of any engine is a mistake. */
function scopeNow(scopes: AsyncLocalStorage<Scope>): Scope {
	const scope = scopes.getStore();
	if (!scope) throw new Error('n8n was used outside of an engine: call it through startEngine()');
	return scope;
}

/** An object whose members are those of whatever `target` gives at the moment of the call. */
function switchOf<T extends object>(target: () => T): T {
	return new Proxy({} as T, {
		get: (_, key) => {
			const instance = target();
			const member: unknown = Reflect.get(instance, key);
			return typeof member === 'function' ? member.bind(instance) : member;
		},
		set: (_, key, value) => Reflect.set(target(), key, value),
	});
}

/** n8n's logger, writing to a listener instead of the console. */
function createLogger(listener: LogListener) {
	const at = (level: string) => (message: string, meta?: object) => listener(level, message, meta);
	const logger = {
		error: at('error'),
		warn: at('warn'),
		info: at('info'),
		debug: at('debug'),
		scoped: () => logger,
	};
	return logger;
}
