import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import type { EngineCredentials } from './credentials-helper';
import type { Host } from './host';
import { n8nWorkflow } from './n8n';
import type { TypeRegistry } from './node-types';
import type { ListSearchOptions } from './types';

/** Calls a node's list search the way n8n's `dynamic-node-parameters.service.js` does. */
export async function searchList(
	{ host, types, credentials }: { host: Host; types: TypeRegistry; credentials: EngineCredentials },
	nodeTypeName: string,
	methodName: string,
	given: INodeParameters,
	{ filter, paginationToken, path = '' }: ListSearchOptions,
): Promise<INodeListSearchResult> {
	const nodeType = types.nodeTypes.getByNameAndVersion(nodeTypeName);
	const { description } = nodeType;
	const method = nodeType.methods?.listSearch?.[methodName];
	if (!method) throw new Error(`Node type "${nodeTypeName}" has no list search "${methodName}"`);

	const asked = types.credentialsOf(nodeTypeName).filter((type) => credentials.stored.has(type));
	const workflow = new n8nWorkflow.Workflow({
		nodes: [
			{
				id: 'temp',
				name: 'Temp-Node',
				type: nodeTypeName,
				typeVersion: [description.version].flat().at(-1) ?? 1,
				position: [0, 0],
				parameters: given,
				credentials: Object.fromEntries(
					asked.map((type) => [type, { id: `engine-${type}`, name: type }]),
				),
			},
		],
		connections: {},
		active: false,
		nodeTypes: types.nodeTypes,
	});
	const node = workflow.nodes['Temp-Node'];
	// Building the workflow has filled in the defaults, which the editor's request has as well
	const additionalData = createAdditionalData(credentials, node.parameters);
	const context = new host.core.LoadOptionsContext(workflow, node, additionalData, path);
	await workflow.expression.acquireIsolate();
	try {
		const result = await method.call(context, filter, paginationToken);
		const token: unknown = result?.paginationToken;
		return typeof token === 'number' ? { ...result, paginationToken: String(token) } : result;
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
