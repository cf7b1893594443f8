import type { INodeParameters } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { projectFolder, type WorkflowJson } from '../engine';

export const EXAMPLES = [
	'email-attachments-to-knowledge-base',
	'form-upload-to-document',
	'scheduled-report-to-online-document',
] as const;

export type ExampleName = (typeof EXAMPLES)[number];

/** A workflow template of `examples/`, as it is. */
export async function readExample(name: ExampleName): Promise<WorkflowJson> {
	const text = await readFile(join(projectFolder, 'examples', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowJson;
}

/**
 * The workflow as its user leaves it: with the node's parameters filled in, and with credentials
 * chosen. A template only names credentials; the engine chooses where nothing is named.
 */
export function filledIn(
	workflow: WorkflowJson,
	nodeName: string,
	parameters: INodeParameters,
): WorkflowJson {
	if (!workflow.nodes.some(({ name }) => name === nodeName)) {
		throw new Error(`The workflow "${workflow.name}" has no node "${nodeName}"`);
	}
	const nodes = workflow.nodes.map((node) => ({
		...node,
		credentials: undefined,
		parameters: { ...node.parameters, ...(node.name === nodeName && parameters) },
	}));
	return { ...workflow, nodes };
}

/** What a resource locator holds for a pasted link, or for an id. */
export function placeOf(linkOrId: string): INodeParameters {
	const mode = /^https?:\/\//i.test(linkOrId) ? 'url' : 'id';
	return { __rl: true, mode, value: linkOrId };
}
