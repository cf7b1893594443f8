import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { AlibabaCloudPdsApi } from '../../credentials/AlibabaCloudPdsApi.credentials';
import { DingTalkApi } from '../../credentials/DingTalkApi.credentials';
import { AlibabaCloudPds } from '../../nodes/AlibabaCloudPds/AlibabaCloudPds.node';
import { DingTalkKnowledgeBase } from '../../nodes/DingTalkKnowledgeBase/DingTalkKnowledgeBase.node';

/** The fields of every operation, by `node.resource.operation`, as n8n knows them. */
export const OPERATIONS: Record<string, INodeProperties[]> = Object.fromEntries(
	[new AlibabaCloudPds(), new DingTalkKnowledgeBase()].flatMap(operationsOf),
);

/** The fields of every credential, by its name. */
export const CREDENTIALS: Record<string, INodeProperties[]> = Object.fromEntries(
	[new AlibabaCloudPdsApi(), new DingTalkApi()].map(({ name, properties }) => [name, properties]),
);

function operationsOf({ description }: INodeType): Array<[string, INodeProperties[]]> {
	const { name: node, properties } = description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) => {
			const [resource] = displayOptions?.show?.resource ?? [];
			return (options as INodePropertyOptions[]).map(({ value: operation }) => {
				const shown = { resource, operation };
				return [`${node}.${resource}.${operation}`, properties.filter(isFor(shown))] as [
					string,
					INodeProperties[],
				];
			});
		});
}

function isFor(shown: Record<string, unknown>) {
	return ({ displayOptions: { show = {} } = {} }: INodeProperties): boolean =>
		Object.entries(shown).every(([name, value]) => (show[name] as unknown[])?.includes(value));
}
