import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Parameter } from '../parameter';
import type { Transport } from '../transport';
import { transportOf } from './transport';

/** Milliseconds of work after which the node yields to everything else in the process. */
const PACE = 10;

/** What the jobs of one execution of a node share. */
export class Execution {
	readonly transport: Transport;

	/** Aborted after the first failure, unless the node continues on error. */
	readonly stop = new AbortController();

	/** Number of concurrent jobs; one pool serves all items. */
	readonly concurrency: number;

	private pausedAt = performance.now();

	/** @param maxConcurrency the option that limits concurrent jobs */
	constructor(
		readonly context: IExecuteFunctions,
		maxConcurrency: Parameter<number>,
	) {
		this.transport = transportOf(context);
		this.concurrency = this.runOption(maxConcurrency);
	}

	/** Returns the collection "Options" of an item. */
	optionsOf(itemIndex: number): IDataObject {
		return this.context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	}

	/**
	 * Returns the value of an option that applies to the whole run: that of the first item whose
	 * expression can be read. Planning reports the items whose expressions cannot.
	 */
	runOption<T>({ field, read }: Parameter<T>): T {
		return read(this.firstValueOf(`options.${field.name}`));
	}

	private firstValueOf(name: string): unknown {
		for (const itemIndex of this.context.getInputData().keys()) {
			try {
				return this.context.getNodeParameter(name, itemIndex, '');
			} catch {
				continue;
			}
		}
		return undefined;
	}

	/**
	 * Yields to other work from time to time; for long loops. Throws once the execution is cancelled.
	 */
	async pace(): Promise<void> {
		if (performance.now() - this.pausedAt < PACE) return;
		await this.transport.orCancelled(this.transport.giveWay(), this.stop.signal);
		this.pausedAt = performance.now();
	}
}
