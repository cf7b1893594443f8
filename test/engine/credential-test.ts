import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INode,
	INodeType,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { EngineCredentials } from './credentials-helper';
import type { Host } from './host';
import { n8nWorkflow } from './n8n';
import type { TypeRegistry } from './node-types';
import type { CredentialTestResult } from './types';

const noOp = 'n8n-nodes-base.noOp';

/** n8n's routing wraps the request's failure; what the dialog shows is taken from the cause. */
interface TestFailure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/** Runs a credential's test request the way n8n's `credentials-tester.service.js` does. */
export async function runCredentialTest(
	{ host, types }: { host: Host; types: TypeRegistry },
	typeName: string,
	given: ICredentialDataDecryptedObject,
): Promise<CredentialTestResult> {
	const { test } = types.credentialType(typeName);
	if (!test) return failed('No testing function found for this credential.');

	const credentials = new EngineCredentials(types.credentialType, new Map());
	const data = credentials.withDefaults(typeName, given);
	credentials.stored.set(typeName, data);
	const nodeType = requestNode(types.nodeTypes.getByNameAndVersion(noOp), typeName, test);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: nodeType.description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [typeName]: { id: 'temp', name: typeName } },
	};
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const input = { main: [[{ json: {} }]] };
	const context = new host.core.ExecuteContext(
		workflow,
		node,
		createAdditionalData(credentials, node.parameters),
		'internal',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: 'temp', name: typeName, type: typeName, data };
	const routing = new host.core.RoutingNode(context, nodeType, decrypted);
	try {
		await workflow.expression.acquireIsolate();
		const response = await routing.runNode();
		return judgeResponse(test, response?.[0]?.[0]?.json);
	} catch (error) {
		return judgeFailure(test, error as TestFailure);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

/** The no-op node, made to send the test's request. */
function requestNode(base: INodeType, typeName: string, test: ICredentialTestRequest): INodeType {
	return {
		description: {
			...base.description,
			credentials: [{ name: typeName, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
}

function judgeFailure(test: ICredentialTestRequest, error: TestFailure): CredentialTestResult {
	const response = error.cause?.response;
	if (response) {
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return failed(rule.properties.message);
			}
		}
		if (response.status < 199 || response.status > 299) {
			return failed(response.statusText || `Received HTTP status code: ${response.status}`);
		}
	} else if (error.cause?.code) {
		return failed(error.cause.code);
	}
	return failed(String(error.message));
}

function judgeResponse(test: ICredentialTestRequest, body: unknown): CredentialTestResult {
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (valueAt(body, key) === value) return failed(message);
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);
}

function failed(message: string): CredentialTestResult {
	return { status: 'Error', message };
}
