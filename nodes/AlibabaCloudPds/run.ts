import type { IExecuteFunctions } from 'n8n-workflow';

import { Execution } from '../shared/execution';
import { KeyedMutex } from '../shared/keyed-mutex';
import { PdsClient } from './api/client';
import { readCredentials } from './api/credentials';
import { maxConcurrencyOption } from './inputs/upload-options';
import { BufferPool } from './upload/buffer-pool';

/** A credential's client, and what has been found out with it. */
export interface Account {
	client: PdsClient;
	/** Drives that take parts in sequence only. */
	sequentialDrives: Set<string>;
}

/** What the operations of one execution share. */
export class Run extends Execution {
	/** Memory for parts, over all files. */
	readonly buffers = new BufferPool(this.concurrency);

	/** Order among files that get the same name in the same folder. */
	readonly names = new KeyedMutex();

	private readonly accounts = new Map<string, Account>();

	constructor(context: IExecuteFunctions) {
		super(context, maxConcurrencyOption);
	}

	/**
	 * The account of an item: expressions in the credential may give each item another one.
	 *
	 * @throws {UploadError} when the credential lacks something
	 */
	async account(itemIndex: number): Promise<Account> {
		const { context, transport, stop } = this;
		const data = await context.getCredentials('alibabaCloudPdsApi', itemIndex);
		const credentials = readCredentials(data);
		const key = JSON.stringify(credentials);
		const known = this.accounts.get(key);
		if (known) return known;
		const { logger } = context;
		const client = new PdsClient({ transport, credentials, logger, signal: stop.signal });
		const account = { client, sequentialDrives: new Set<string>() };
		this.accounts.set(key, account);
		return account;
	}
}
