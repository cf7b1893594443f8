import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Execution } from './execution';
import type { Plan } from './jobs';

/** An operation of a node: the fields it shows and what it does with an item. */
export interface Operation<Run extends Execution> {
	/** How the parameter "operation" lists it. */
	option: INodePropertyOptions & { value: string };
	description: INodeProperties[];
	/**
	 * Reads and checks the parameters of an item. Nothing is sent yet: the jobs it returns run later.
	 *
	 * @throws {UploadError} for bad input
	 */
	plan: (run: Run, itemIndex: number) => Plan | Promise<Plan>;
}

/** The operations of a node, by resource and operation. */
export type Operations<Run extends Execution> = Record<string, Record<string, Operation<Run>>>;
