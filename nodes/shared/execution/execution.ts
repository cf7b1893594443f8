import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readCount } from '../options';
import type { Transport } from '../transport';
import { transportOf } from './transport';

/** Milliseconds of work after which everything else in the process gets its turn. */
const PACE = 10;

/** The field's own limit, which does not bind expressions. */
const MOST_AT_A_TIME = 64;

/** What the jobs of one execution of a node share. */
export class Execution {
	readonly transport: Transport;

	/** Aborted after the first failure, unless the node is to continue. */
	readonly stop = new AbortController();

	/** Jobs at a time: one pool serves all items. */
	readonly concurrency: number;

	private pausedAt = performance.now();

	/** @param concurrency jobs at a time where the option "Max Concurrency" does not tell */
	constructor(
		readonly context: IExecuteFunctions,
		concurrency: number,
	) {
		this.transport = transportOf(context);
		const wanted = readCount(this.runOption('maxConcurrency'), 'Max Concurrency');
		this.concurrency = Math.min(Math.floor(wanted ?? concurrency), MOST_AT_A_TIME);
	}

	/** The collection "Options" of an item. */
	optionsOf(itemIndex: number): IDataObject {
		return this.context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	}

	/**
	 * The value of an option that holds for the whole run: that of the first item whose expression can
	 * be read. That the others' cannot is said when they are planned.
	 */
	runOption(name: string): unknown {
		for (const itemIndex of this.context.getInputData().keys()) {
			try {
				return this.context.getNodeParameter(`options.${name}`, itemIndex, '');
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
