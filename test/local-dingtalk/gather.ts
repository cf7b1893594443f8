import type { CallName, FaultRule } from './types';

/** The next so many calls of a kind wait for each other, and go on at one moment. */
export function gathered(call: CallName, count: number): FaultRule {
	let come = 0;
	let all = () => {};
	const until = new Promise<void>((resolve) => (all = resolve));
	const when = () => {
		if (++come === count) all();
		return true;
	};
	return { call, times: count, when, fault: { kind: 'hold', until } };
}
