import type { IExecuteFunctions } from 'n8n-workflow';

import { Execution } from '../shared/execution';
import { maxConcurrencyOption } from '../shared/fields/files';
import { DingTalkClient } from './api/client';
import { readCredentials } from './api/credentials';
import { CommitOrder } from './commit-order';
import { maxRequestsPerSecondOption } from './inputs/max-requests';
import { IssuedTargets } from './issued-targets';
import { LookUps } from './look-ups/look-ups';

/** A credential's client, and what has been looked up with it. */
export interface Account {
	client: DingTalkClient;
	lookUps: LookUps;
}

/** What the operations of one execution share. */
export class Run extends Execution {
	readonly order = new CommitOrder();

	readonly issued = new IssuedTargets();

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
		const credentials = readCredentials(await context.getCredentials('dingTalkApi', itemIndex));
		const key = JSON.stringify(credentials);
		const known = this.accounts.get(key);
		if (known) return known;
		const client = new DingTalkClient({
			transport,
			credentials,
			callsPerSecond: this.runOption(maxRequestsPerSecondOption),
			logger: context.logger,
			signal: stop.signal,
		});
		const account = { client, lookUps: new LookUps(client) };
		this.accounts.set(key, account);
		return account;
	}
}
