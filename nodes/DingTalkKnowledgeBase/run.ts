import type { IExecuteFunctions } from 'n8n-workflow';

import { Execution, PerCredential, PerExecution } from '../shared/execution';
import { maxConcurrencyOption } from '../shared/descriptions/files';
import { Issued } from '../shared/issued';
import { KeyedMutex } from '../shared/keyed-mutex';
import { DingTalkClient } from './api/client';
import { readCredentials, type DingTalkCredentials } from './api/credentials';
import { CommitOrder } from './commit-order';
import { CommittedDentries } from './committed-dentries';
import { maxRequestsPerSecondOption } from './inputs/max-requests';
import { LookUps } from './look-ups/look-ups';

/** The client of a credential, and its look-ups. */
export interface Account {
	client: DingTalkClient;
	lookUps: LookUps;
}

const issued = new PerExecution(() => new Issued());
const committed = new PerExecution(() => new CommittedDentries());

/** What the operations of one execution share. */
export class Run extends Execution {
	readonly order = new CommitOrder();

	/** The order of the messages of each chat. */
	readonly chats = new KeyedMutex();

	/** What the service has issued to the files of the execution. */
	readonly issued = issued.of(this.context);

	/** What its commits have returned. */
	readonly committed = committed.of(this.context);

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
		const data = await this.context.getCredentials('dingTalkApi', itemIndex);
		return this.accounts.of(readCredentials(data));
	}

	private newAccount(credentials: DingTalkCredentials): Account {
		const { context, transport, stop } = this;
		const client = new DingTalkClient({
			transport,
			credentials,
			callsPerSecond: this.runOption(maxRequestsPerSecondOption),
			logger: context.logger,
			signal: stop.signal,
		});
		return { client, lookUps: new LookUps(client) };
	}
}
