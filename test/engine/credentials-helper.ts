import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { n8nWorkflow } from './n8n';

type Data = ICredentialDataDecryptedObject;

/**
 * The credentials of an engine. Behaves as the n8n server's `credentials-helper.js` does, with a
 * map in memory where n8n has its database.
 */
export class EngineCredentials extends n8nWorkflow.ICredentialsHelper {
	/** @param stored decrypted data by credential type name */
	constructor(
		private readonly credentialType: (name: string) => ICredentialType,
		readonly stored: Map<string, Data>,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.credentialType(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: Data,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = incoming as IHttpRequestOptions & Record<string, Record<string, string>>;
		const { authenticate } = this.credentialType(typeName);
		if (!authenticate) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!workflow || !node) throw new Error('Declarative authentication needs workflow and node');

		const resolve = (value: string): string => {
			if (!n8nWorkflow.isExpression(value)) return value;
			const keys = { $credentials: credentials as never };
			return String(
				workflow.expression.getSimpleParameterValue(node, value, 'internal', keys, undefined, '') ||
					'',
			);
		};
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				request[part] ??= {};
				request[part][resolve(key)] = resolve(value);
			}
		}
		return request;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Data,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<Data | undefined> {
		const type = this.credentialType(typeName);
		const expirable = type.properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;

		const isTest = node?.parameters?.temp === '' && node?.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = (await type.preAuthentication.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		)) as Data;
		if (output[expirable] === undefined || !node.credentials) return undefined;
		await this.updateCredentials(node.credentials[type.name], type.name, {
			...this.stored.get(type.name),
			...output,
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Data,
		typeName: string,
	): Promise<Data | undefined> {
		const { preAuthentication } = this.credentialType(typeName);
		return (await preAuthentication?.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		)) as Data | undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Encrypted credentials do not exist here');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveWith?: ICredentialsExpressionResolveValues,
	): Promise<Data> {
		const stored = this.stored.get(type);
		if (!stored) {
			throw new n8nWorkflow.UserError(
				`Credential with ID "${nodeCredentials.id}" does not exist for type "${type}".`,
			);
		}
		if (raw) return { ...stored };
		const data = this.withDefaults(type, stored);
		if (!resolveWith) return data;
		const { workflow, runExecutionData, runIndex, itemIndex, node } = resolveWith;
		return workflow.expression.getParameterValue(
			data as INodeParameters,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			resolveWith.connectionInputData,
			mode,
			{},
			executeData,
			false,
			data as never,
		) as Data;
	}

	/** The data with the type's defaults for all that was left out. */
	withDefaults(type: string, data: Data): Data {
		const properties = this.getCredentialsProperties(type);
		const values = data as INodeParameters;
		return n8nWorkflow.NodeHelpers.getNodeParameters(
			properties,
			values,
			true,
			false,
			null,
			null,
		) as Data;
	}

	async updateCredentials(_: INodeCredentialsDetails, type: string, data: Data): Promise<void> {
		this.stored.set(type, data);
	}

	async updateCredentialsOauthTokenData(
		_: INodeCredentialsDetails,
		type: string,
		data: Data,
	): Promise<void> {
		this.stored.set(type, { ...this.stored.get(type), ...data });
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.credentialType(type);
		const all: INodeProperties[] = [];
		for (const parent of parents) {
			const inherited = this.getCredentialsProperties(parent);
			n8nWorkflow.NodeHelpers.mergeNodeProperties(all, inherited);
		}
		n8nWorkflow.NodeHelpers.mergeNodeProperties(all, properties);
		return all;
	}
}

/** The user's "allowed domains" also bind the requests a credential makes to log in. */
function withinAllowedDomains(helpers: IHttpRequestHelper, credentials: Data): IHttpRequestHelper {
	const allowedDomains = n8nWorkflow.getCredentialOwnRequestAllowedDomains?.(credentials);
	if (allowedDomains === undefined) return helpers;
	const httpRequest = async (request: IHttpRequestOptions) =>
		(await helpers.helpers.httpRequest({ ...request, allowedDomains })) as unknown;
	return { helpers: { httpRequest } };
}
