import type { IExecuteFunctions } from 'n8n-workflow';

import { Execution, PerCredential, PerExecution } from '../shared/execution';
import { Issued } from '../shared/issued';
import { KeyedMutex } from '../shared/keyed-mutex';
import { PdsClient } from './api/client';
import { readCredentials, type PdsCredentials } from './api/credentials';
import { maxConcurrencyOption } from './inputs/upload-options';
import { BufferPool } from './upload/buffer-pool';

/** The client of a credential, and what was learned with it. */
export interface Account {
	client: PdsClient;
	/** Drives that accept parts only in sequence. */
	sequentialDrives: Set<string>;
}

const issued = new PerExecution(() => new Issued());

/** What the operations of one execution share. */
export class Run extends Execution {
	/** Memory for parts, shared by all files. */
	readonly buffers = new BufferPool(this.concurrency);

	/** The uploads that the service has started for the files of the execution. */
	readonly issued = issued.of(this.context);

	/** Keeps files with the same name in the same folder in order. */
	readonly names = new KeyedMutex();

	private readonly accounts = new PerCredential(this.newAccount.bind(this));

	constructor(context: IExecuteFunctions) {
		super(context, maxConcurrencyOption);
	}

	/**
	 * Returns the account of an item: expressions in the credential may result in a different one for
	 * each item.
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
