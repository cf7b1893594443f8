import type { IExecuteFunctions } from 'n8n-workflow';

import { Execution, PerCredential } from '../shared/execution';
import { Issued } from '../shared/issued';
import { KeyedMutex } from '../shared/keyed-mutex';
import { PdsClient } from './api/client';
import { readCredentials, type PdsCredentials } from './api/credentials';
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

	/** The uploads that the service has begun for the files of the run. */
	readonly issued = new Issued();

	/** Order among files that get the same name in the same folder. */
	readonly names = new KeyedMutex();

	private readonly accounts = new PerCredential(this.newAccount.bind(this));

	constructor(context: IExecuteFunctions) {
		super(context, maxConcurrencyOption);
	}

	/**
	 * The account of an item: expressions in the credential may give each item another one.
	 *
	 * @throws {UploadError} when the credential lacks something
	 */
	async account(itemIndex: number): Promise<Account> {
		const data = await this.context.getCredentials('alibabaCloudPdsApi', itemIndex);
		return this.accounts.of(readCredentials(data));
	}

	private newAccount(credentials: PdsCredentials): Account {
		const { context, transport, stop } = this;
		const { logger } = context;
		const client = new PdsClient({ transport, credentials, logger, signal: stop.signal });
		return { client, sequentialDrives: new Set() };
	}
}
