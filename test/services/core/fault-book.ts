import type { Fault, FaultRule, RecordedCall } from './types';

interface OpenRule<Name extends string> {
	rule: FaultRule<Name>;
	toSkip: number;
	left: number;
}

/** True when the fault strikes before the body of a request is read to its end. */
export function strikesBeforeBody(fault: Fault): boolean {
	if (fault.kind === 'reset') return fault.when === 'beforeBody' || fault.when === 'duringBody';
	return fault.kind === 'stall';
}

/** The rules in force, and which request meets which. */
export class FaultBook<Name extends string> {
	private rules: Array<OpenRule<Name>> = [];

	add(rule: FaultRule<Name>): void {
		this.rules.push({ rule, toSkip: rule.after ?? 0, left: rule.times ?? 1 });
	}

	clear(): void {
		this.rules = [];
	}

	/** The fault this call meets, when the time for it has come. */
	async meet(
		call: RecordedCall<Name>,
		kinds?: (fault: Fault) => boolean,
	): Promise<Fault | undefined> {
		const fault = this.claim(call, kinds);
		if (fault?.kind !== 'hold') return fault;
		await fault.until;
		return fault.then;
	}

	/** The fault this call meets, counting it against the first rule that fits. */
	claim(
		call: RecordedCall<Name>,
		kinds: (fault: Fault) => boolean = () => true,
	): Fault | undefined {
		for (const open of this.rules) {
			const { rule } = open;
			if (open.left <= 0 || rule.call !== call.name || !kinds(rule.fault)) continue;
			if (rule.when && !rule.when(call)) continue;
			if (open.toSkip > 0) {
				open.toSkip--;
				continue;
			}
			open.left--;
			return rule.fault;
		}
		return undefined;
	}
}
