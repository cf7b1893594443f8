import type { Fault } from './types';

/** The next so many calls of a kind wait for each other, and go on at one moment. */
export function gathered<Call extends string>(call: Call, count: number) {
	let come = 0;
	let all = () => {};
	const until = new Promise<void>((resolve) => (all = resolve));
	const when = () => {
		if (++come === count) all();
		return true;
	};
	const fault: Extract<Fault, { kind: 'hold' }> = { kind: 'hold', until };
	return { call, times: count, when, fault };
}
