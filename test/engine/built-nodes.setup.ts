import Module from 'node:module';

import { requireFromCore } from './n8n-folder';

/*
 * The built nodes are in this project, so that they would find its n8n-workflow. In an n8n they
 * find the one that n8n uses, and so they do here when the engine is that of another n8n.
 */
const resolver = Module as unknown as {
	_resolveFilename(request: string, ...rest: unknown[]): string;
};
const resolve = resolver._resolveFilename.bind(Module);
const n8nWorkflow = requireFromCore.resolve('n8n-workflow');

resolver._resolveFilename = (request, ...rest) =>
	request === 'n8n-workflow' ? n8nWorkflow : resolve(request, ...rest);
