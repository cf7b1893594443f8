import { KIB, MIB } from '../measure/places';
import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';
import type { ExecutionOrder, PlannedFile } from './messages';
import { Random } from './random';
import { LAST, workflowOf, type Operation, type WorkflowChoice } from './workflows';

/** What is wrong with an execution from its beginning. */
export type Trouble = 'none' | 'badInput' | 'forbidden' | 'pruned' | 'cancelled';

/** How an execution has to end. */
export interface Expectation {
	ends: 'well' | 'badly' | 'cancelled';
	/** What each of its errors must say. */
	saying?: RegExp;
	/** Files that arrive although it fails; default: some or none. */
	stored?: 'all';
}

export interface PlannedExecution {
	operation: Operation;
	order: ExecutionOrder;
	expectation: Expectation;
}

export type Seeds = { dingTalk: typeof SEED; pds: typeof PDS_SEED };

const OPERATIONS: Record<Operation, number> = {
	upload: 40,
	steps: 15,
	resource: 15,
	pdsInOrder: 12,
	pdsParallel: 18,
};

const TROUBLES: Record<Trouble, number> = {
	none: 91,
	badInput: 1.5,
	forbidden: 1.5,
	pruned: 1.5,
	cancelled: 4.5,
};

/** Short, so that what stalls is tried again soon: milliseconds. */
export const TIMEOUT = 5_000;

/** Draws the executions of a run: the same ones in every run with the same seed. */
export class Plan {
	private executions = 0;

	constructor(
		private readonly random: Random,
		private readonly seeds: Seeds,
	) {}

	/** Executions that overlap; one of them sends a large file. */
	round(count: number): PlannedExecution[] {
		const large = this.random.whole(0, count - 1);
		return Array.from({ length: count }, (_, index) => this.draw(index === large));
	}

	/** An execution made to order, with one file. */
	single(
		choice: Pick<WorkflowChoice, 'operation' | 'timeout' | 'options'>,
		size: number,
		expectation: Expectation,
		more: Partial<ExecutionOrder> = {},
	): PlannedExecution {
		const files = this.named([size]);
		const workflow = workflowOf({ ...choice, inOneItem: false }, this.seeds);
		const order: ExecutionOrder = {
			workflow,
			lastNode: LAST,
			credentials: 'good',
			files,
			inOneItem: false,
			...more,
		};
		return { operation: choice.operation, order, expectation };
	}

	private draw(large: boolean): PlannedExecution {
		const { random } = this;
		const operation = random.weighted(OPERATIONS);
		const trouble = large ? 'none' : this.trouble(operation);
		const files = this.named(large ? [200 * MIB] : this.sizes());
		const inOneItem = operation !== 'steps' && random.next() < 0.5;
		const choice: WorkflowChoice = {
			operation,
			inOneItem,
			timeout: TIMEOUT,
			badPlace: trouble === 'badInput',
			...(random.next() < 0.3 && { onError: 'continueRegularOutput' }),
		};
		const order: ExecutionOrder = {
			workflow: workflowOf(choice, this.seeds),
			lastNode: LAST,
			credentials: trouble === 'forbidden' ? 'noWrite' : 'good',
			files,
			inOneItem,
			pruned: trouble === 'pruned',
			...(trouble === 'cancelled' && { cancelAfter: random.whole(5, 400) }),
		};
		return { operation, order, expectation: EXPECTATIONS[trouble] };
	}

	private trouble(operation: Operation): Trouble {
		const trouble = this.random.weighted(TROUBLES);
		// The app without rights is one of DingTalk, and is refused at the commit.
		const canBeForbidden = operation === 'upload' || operation === 'steps';
		return trouble === 'forbidden' && !canBeForbidden ? 'none' : trouble;
	}

	private sizes(): number[] {
		const { random } = this;
		const batch = random.weighted({ one: 50, some: 35, many: 15 });
		if (batch === 'one') return [this.size(20 * MIB)];
		const [least, most, largest] = batch === 'some' ? [2, 10, 4 * MIB] : [11, 50, 64 * KIB];
		return Array.from({ length: random.whole(least, most) }, () => this.size(largest));
	}

	/** Bytes: none, one, some KiB or anything up to the largest. */
	private size(largest: number): number {
		const { random } = this;
		const kind = random.weighted({ empty: 5, byte: 5, small: 40, any: 50 });
		if (kind === 'empty') return 0;
		if (kind === 'byte') return 1;
		return random.whole(2, kind === 'small' ? 64 * KIB : largest);
	}

	private named(sizes: number[]): PlannedFile[] {
		const execution = ++this.executions;
		return sizes.map((size, index) => ({ name: `soak-${execution}-${index}.bin`, size }));
	}
}

const EXPECTATIONS: Record<Trouble, Expectation> = {
	none: { ends: 'well' },
	badInput: { ends: 'badly', saying: /dentryUuid|document|Drive ID|drive/i },
	forbidden: { ends: 'badly', saying: /permission|Storage\.File\.Write/i },
	pruned: { ends: 'badly', saying: /could not be read/ },
	cancelled: { ends: 'cancelled' },
};
