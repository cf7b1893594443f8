import type { IExecuteFunctions } from 'n8n-workflow';

import { transportOf } from '../shared/context';
import { toNodeError } from '../shared/errors';
import { concurrencyOf } from '../shared/options';
import { PdsClient } from './api/client';
import { readCredentials } from './api/credentials';
import { Slots } from './upload/slots';

/** Parts of 8 MiB; what it costs in memory is in docs/benchmarks.md. */
export const DEFAULT_CONCURRENCY = 4;

/** What the files of one execution share. */
export class Run {
	/** Drives that do not take parts in any order. */
	readonly sequentialDrives = new Set<string>();

	readonly slots: Slots;

	private constructor(
		readonly context: IExecuteFunctions,
		readonly client: PdsClient,
		readonly concurrency: number,
		readonly stop: AbortController,
	) {
		this.slots = new Slots(concurrency);
	}

	/** @throws {NodeOperationError} when the credential lacks something */
	static async start(context: IExecuteFunctions): Promise<Run> {
		try {
			const credentials = readCredentials(await context.getCredentials('alibabaCloudPdsApi'));
			const transport = transportOf(context);
			const { logger } = context;
			const stop = new AbortController();
			const client = new PdsClient({ transport, credentials, logger, signal: stop.signal });
			return new Run(context, client, concurrencyOf(context, DEFAULT_CONCURRENCY), stop);
		} catch (error) {
			throw toNodeError(context.getNode(), error, 0);
		}
	}
}
