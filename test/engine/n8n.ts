import type * as DependencyInjection from '@n8n/di';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';

import { requireFromCore } from './n8n-folder';

export { projectFolder, requireFromCore } from './n8n-folder';

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
