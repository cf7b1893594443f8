import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Keeps one object for each execution, across all its nodes, their visits (loops) and their tries.
 * The key is the cancel signal of the execution, which lives exactly as long as the execution.
 */
export class PerExecution<Kept> {
	private readonly kept = new WeakMap<AbortSignal, Kept>();

	constructor(private readonly make: () => Kept) {}

	of(context: IExecuteFunctions): Kept {
		const signal = context.getExecutionCancelSignal?.();
		const kept = (signal && this.kept.get(signal)) ?? this.make();
		if (signal) this.kept.set(signal, kept);
		return kept;
	}
}
