import type * as DependencyInjection from '@n8n/di';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, where `package.json` and `dist/` are. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const requireHere = createRequire(import.meta.url);
/** Resolves from n8n-core, so that every package below is the copy n8n-core itself uses. */
const requireFromCore = createRequire(requireHere.resolve('n8n-core'));

/**
 * n8n-workflow exists twice, as CommonJS and as ES module; nodes and engine use the CommonJS one.
 * Take classes from here (never by `import`), or `instanceof` fails.
 */
export const n8nWorkflow = requireFromCore('n8n-workflow') as typeof N8nWorkflow;

/** What n8n's logger offers, as far as nodes and engine use it. */
interface LoggerPackage {
	Logger: new () => object;
}

export interface N8nPackages {
	core: typeof N8nCore;
	container: typeof DependencyInjection.Container;
	Logger: LoggerPackage['Logger'];
}

/** Loads n8n-core. Its settings come from the environment, which must be set before. */
export function loadN8nCore(): N8nPackages {
	requireFromCore('reflect-metadata');
	const { Container } = requireFromCore('@n8n/di') as typeof DependencyInjection;
	const { Logger } = requireFromCore('@n8n/backend-common') as LoggerPackage;
	return { core: requireFromCore('n8n-core') as typeof N8nCore, container: Container, Logger };
}
