import type { IExecuteFunctions } from 'n8n-workflow';

import { transportOf } from '../shared/context';
import { toNodeError, toUploadError } from '../shared/errors';
import { optionsOf } from '../shared/options';
import { Turns } from '../shared/turns';
import { DingTalkClient } from './api/client';
import { readCredentials } from './api/credentials';
import { findOrCreateFolder } from './inputs/folder-path';
import { readLocator, type Locator } from './inputs/locator';
import { readOperator } from './inputs/operator';
import { readDocument, readParent, type LookUp } from './inputs/places';

/** Files at a time; see docs/benchmarks.md. */
export const DEFAULT_CONCURRENCY = 8;

/**
 * What the operations of one execution share: the client, and look-ups that are made once per run
 * however many items ask for the same operator or folder. Reading an item's parameters only checks
 * them; the look-ups it gives are made when the item's turn comes.
 */
export class Run {
	/** Order among files that would get the same name in the same folder. */
	readonly turns = new Turns();

	private readonly lookUps = new Map<string, Promise<string>>();

	private constructor(
		readonly context: IExecuteFunctions,
		readonly client: DingTalkClient,
		readonly stop: AbortController,
	) {}

	/** @throws {NodeOperationError} when the credential lacks something */
	static async start(context: IExecuteFunctions): Promise<Run> {
		try {
			const credentials = readCredentials(await context.getCredentials('dingTalkApi'));
			const transport = transportOf(context);
			const callsPerSecond = Number(optionsOf(context, 0).maxRequestsPerSecond) || undefined;
			const { logger } = context;
			const stop = new AbortController();
			const { signal } = stop;
			return new Run(
				context,
				new DingTalkClient({ transport, credentials, callsPerSecond, logger, signal }),
				stop,
			);
		} catch (error) {
			throw toNodeError(context.getNode(), error, 0);
		}
	}

	/** The look-up of the item's operator; gives the union id. */
	operator(itemIndex: number): () => Promise<string> {
		const operator = readLocator(this.context, 'operator', itemIndex);
		const lookUp = readOperator(this.client, operator);
		return async () => await this.once(['operator', operator], lookUp);
	}

	/** The look-up of the item's parent folder; gives the dentryUuid. */
	parent(itemIndex: number, knowledgeBase = NONE): LookUp {
		const parent = readLocator(this.context, 'parent', itemIndex);
		const lookUp = readParent(this.client, { parent, knowledgeBase });
		return async (operatorId) =>
			await this.once(['parent', parent, knowledgeBase, operatorId], async () => {
				return await lookUp(operatorId);
			});
	}

	/** The look-up of the item's document; gives its id. */
	document(itemIndex: number): LookUp {
		const document = readLocator(this.context, 'document', itemIndex);
		const lookUp = readDocument(this.client, document);
		return async (operatorId) =>
			await this.once(['document', document, operatorId], async () => {
				return await lookUp(operatorId);
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

	/** Does a look-up only the first time it is asked for, or again when the service had failed. */
	private async once(key: unknown, lookUp: () => Promise<string>): Promise<string> {
		const text = JSON.stringify(key);
		const kept = this.lookUps.get(text) ?? lookUp();
		this.lookUps.set(text, kept);
		try {
			return await kept;
		} catch (thrown) {
			const error = toUploadError(thrown);
			if (error.facts.outcomeUnknown) this.lookUps.delete(text);
			throw toUploadError(error);
		}
	}
}

const NONE: Locator = { mode: 'id', value: '' };
