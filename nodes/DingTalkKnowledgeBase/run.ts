import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { transportOf } from '../shared/context';
import { toNodeError } from '../shared/errors';
import type { Transport } from '../shared/transport';
import { DingTalkClient } from './api/client';
import { readCredentials } from './api/credentials';
import { findOrCreateFolder } from './inputs/folder-path';
import { readLocator, type Locator } from './inputs/locator';
import { resolveOperator } from './inputs/operator';
import { resolveDocument, resolveParent } from './inputs/parent';

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_TIMEOUT = 120_000;

/**
 * What the operations of one execution share: the client, and look-ups that are made once per run
 * however many items ask for the same operator or folder.
 */
export class Run {
	private readonly lookUps = new Map<string, Promise<string>>();

	private constructor(
		readonly context: IExecuteFunctions,
		readonly client: DingTalkClient,
	) {}

	/** @throws {NodeOperationError} when the credential lacks something */
	static async start(context: IExecuteFunctions): Promise<Run> {
		try {
			const credentials = readCredentials(await context.getCredentials('dingTalkApi'));
			const transport = transportOf(context);
			const callsPerSecond = Number(optionsOf(context, 0).maxRequestsPerSecond) || undefined;
			const { logger } = context;
			return new Run(
				context,
				new DingTalkClient({ transport, credentials, callsPerSecond, logger }),
			);
		} catch (error) {
			throw toNodeError(context.getNode(), error, 0);
		}
	}

	get transport(): Transport {
		return this.client.transport;
	}

	/** Union id of the item's operator. */
	async operator(itemIndex: number): Promise<string> {
		const operator = readLocator(this.context, 'operator', itemIndex);
		return await this.once(['operator', operator], async () => {
			return await resolveOperator(this.client, operator);
		});
	}

	/** dentryUuid of the item's parent folder. */
	async parent(itemIndex: number, operatorId: string, knowledgeBase = NONE): Promise<string> {
		const parent = readLocator(this.context, 'parent', itemIndex);
		const request = { parent, knowledgeBase, operatorId };
		return await this.once(['parent', request], async () => {
			return await resolveParent(this.client, request);
		});
	}

	/** dentryUuid of the folder at the end of a path below the parent. */
	async folder(parentDentryUuid: string, names: string[], unionId: string): Promise<string> {
		let folder = parentDentryUuid;
		for (const name of names) {
			const request = { parentDentryUuid: folder, name, unionId };
			folder = await this.once(['folder', request], async () => {
				return await findOrCreateFolder(this.client, request);
			});
		}
		return folder;
	}

	/** Id of the item's document. */
	async document(itemIndex: number, operatorId: string): Promise<string> {
		const document = readLocator(this.context, 'document', itemIndex);
		return await this.once(['document', document, operatorId], async () => {
			return await resolveDocument(this.client, document, operatorId);
		});
	}

	/** Does a look-up only the first time it is asked for. */
	async once(key: unknown, lookUp: () => Promise<string>): Promise<string> {
		const text = JSON.stringify(key);
		const kept = this.lookUps.get(text) ?? lookUp();
		this.lookUps.set(text, kept);
		return await kept;
	}
}

const NONE: Locator = { mode: 'id', value: '' };

export function optionsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** Files at a time; one pool serves all items, so the first item's option counts. */
export function concurrencyOf(context: IExecuteFunctions): number {
	const { maxConcurrency } = optionsOf(context, 0);
	return Math.max(1, Math.floor(Number(maxConcurrency) || DEFAULT_CONCURRENCY));
}

/** Milliseconds without progress. */
export function timeoutOf(options: IDataObject): number {
	return Number(options.timeout) || DEFAULT_TIMEOUT;
}
