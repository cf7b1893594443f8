import type { DirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';

import type { Host } from './host';
import { n8nWorkflow, projectFolder } from './n8n';
import { standIns } from './stand-ins';
import type { EngineOptions } from './types';

type AnyNodeType = INodeType | IVersionedNodeType;

/** All node and credential types of an engine: the test's own, the package's, the stand-ins. */
export interface TypeRegistry {
	nodeTypes: INodeTypes;
	credentialType(name: string): ICredentialType;
	/** The names of the credential types a node type may use. */
	credentialsOf(nodeType: string, version?: number): string[];
}

/**
 * Loads the built package with n8n's own loader. A package that is not built yet is no error
 * until one of its types is asked for.
 */
export async function loadTypes(host: Host, options: EngineOptions): Promise<TypeRegistry> {
	const extra = new Map<string, AnyNodeType>();
	for (const [name, Type] of Object.entries({ ...standIns, ...options.nodes })) {
		extra.set(name, new Type());
	}
	const extraCredentials = new Map(
		(options.credentialTypes ?? []).map((Type) => new Type()).map((type) => [type.name, type]),
	);
	const loader = new host.core.PackageDirectoryLoader(projectFolder);
	let notLoaded: Error | undefined;
	try {
		await loader.loadAll();
	} catch (error) {
		notLoaded = error as Error;
	}

	const fromPackage = <T>(what: string, take: (from: DirectoryLoader) => T): T => {
		try {
			return take(loader);
		} catch (error) {
			if (!notLoaded) throw error;
			throw new Error(`${what} could not be loaded from dist; has the package been built?`, {
				cause: notLoaded,
			});
		}
	};

	const getByName = (fullName: string): AnyNodeType => {
		const known = extra.get(fullName);
		if (known) return known;
		const [prefix, name] = splitAtDot(fullName);
		if (prefix !== loader.packageName && prefix !== host.core.CUSTOM_NODES_PACKAGE_NAME) {
			throw new host.core.UnrecognizedNodeTypeError(prefix, name);
		}
		return fromPackage(`Node type "${fullName}"`, (from) => from.getNode(name).type);
	};
	const getByNameAndVersion = (fullName: string, version?: number) =>
		n8nWorkflow.NodeHelpers.getVersionedNodeType(getByName(fullName), version);

	return {
		nodeTypes: { getByName, getByNameAndVersion, getKnownTypes: () => ({}) },
		credentialType: (name) =>
			extraCredentials.get(name) ??
			fromPackage(`Credential type "${name}"`, (from) => from.getCredential(name).type),
		credentialsOf: (fullName, version) =>
			(getByNameAndVersion(fullName, version).description.credentials ?? []).map(
				({ name }) => name,
			),
	};
}

/** `n8n-nodes-base.set` → `['n8n-nodes-base', 'set']`. */
function splitAtDot(fullName: string): [string, string] {
	const at = fullName.indexOf('.');
	return [fullName.slice(0, Math.max(at, 0)), fullName.slice(at + 1)];
}
