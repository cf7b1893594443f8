import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Parameter } from '../parameter';
import type { Transport } from '../transport';
import { transportOf } from './transport';

/** Milliseconds of work after which everything else in the process gets its turn. */
const PACE = 10;

/** What the jobs of one execution of a node share. */
export class Execution {
	readonly transport: Transport;

	/** Aborted after the first failure, unless the node is to continue. */
	readonly stop = new AbortController();

	/** Jobs at a time: one pool serves all items. */
	readonly concurrency: number;

	private pausedAt = performance.now();

	/** @param maxConcurrency the option that tells how many jobs there are at a time */
	constructor(
		readonly context: IExecuteFunctions,
		maxConcurrency: Parameter<number>,
	) {
		this.transport = transportOf(context);
		this.concurrency = this.runOption(maxConcurrency);
	}

	/** The collection "Options" of an item. */
	optionsOf(itemIndex: number): IDataObject {
		return this.context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	}

	/**
	 * The value of an option that holds for the whole run: that of the first item whose expression can
	 * be read. That the others' cannot is said when they are planned.
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

	/** To be awaited in loops that may be long: lets other work go on, and ends with the execution. */
	async pace(): Promise<void> {
		if (performance.now() - this.pausedAt < PACE) return;
		await this.transport.orCancelled(this.transport.breathe(), this.stop.signal);
		this.pausedAt = performance.now();
	}
}
