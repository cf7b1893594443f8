import type {
	ICredentialsHelper,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** Absolute, or n8n fails with "Invalid URL" at the first parameter; nothing listens there. */
const baseUrl = 'http://n8n.invalid/';

/** What the n8n server gives each execution, as far as an execution without server has it. */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	currentNodeParameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	const notHere = (what: string) => async () => {
		throw new Error(`${what} needs the n8n server`);
	};
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		variables: {},
		restApiUrl: `${baseUrl}rest`,
		instanceBaseUrl: baseUrl,
		formBaseUrl: `${baseUrl}form`,
		formWaitingBaseUrl: `${baseUrl}form-waiting`,
		formTestBaseUrl: `${baseUrl}form-test`,
		webhookBaseUrl: `${baseUrl}webhook`,
		webhookWaitingBaseUrl: `${baseUrl}webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}webhook-test`,
		mcpBaseUrl: `${baseUrl}mcp`,
		mcpTestBaseUrl: `${baseUrl}mcp-test`,
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: notHere('A sub-workflow'),
		startRunnerTask: notHere('A task runner'),
	} as unknown as IWorkflowExecuteAdditionalData;
}
