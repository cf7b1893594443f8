import type { Fault } from '../../services/dingtalk';
import { onRefusal } from '../../nodes/support/undici-events';
import { meets, type MatrixFault, type Stage } from './fault';

/** Nobody listens from just before the step on; the first refusal brings `once` to an end. */
function refuse({ service, step: { before, front }, times }: Stage): void {
	let begun = false;
	const begin = () => {
		if (!begun) service.refuse(front);
		begun = true;
		return false;
	};
	if (before) service.fail({ call: before, when: begin, fault: { kind: 'delay', ms: 0 } });
	else begin();
	if (times > 1) return;
	const stop = onRefusal(front === 'api' ? service.apiUrl : service.ossUrl, () => {
		stop();
		void service.accept(front);
	});
}

const BROKEN: Array<[string, Fault]> = [
	['reset before it is read', { kind: 'reset', when: 'beforeBody' }],
	['reset while it is read', { kind: 'reset', when: 'duringBody' }],
	['reset before the work', { kind: 'reset', when: 'afterBody' }],
	['reset after the work', { kind: 'reset', when: 'afterWork' }],
	['half an answer', { kind: 'truncatedAnswer' }],
	['an answer of two lengths', { kind: 'moreHeaders', lines: [['Content-Length', '7']] }],
	[
		'an answer with 100 KB of headers',
		{ kind: 'moreHeaders', lines: [['X-Filler', 'x'.repeat(1e5)]] },
	],
];

const HANGING: Array<[string, Fault]> = [
	['never read', { kind: 'stall' }],
	['never answered', { kind: 'stallAnswer' }],
	['an answer that trickles without end', { kind: 'slowAnswer', bytesPerSecond: 2 }],
];

const SLOW: Array<[string, Fault]> = [
	['read slowly', { kind: 'slow', bytesPerSecond: 100_000 }],
	['answered slowly', { kind: 'slowAnswer', bytesPerSecond: 2_000 }],
	['answered late', { kind: 'delay', ms: 300 }],
];

/** What can happen to a connection. */
export const CONNECTION_FAULTS: MatrixFault[] = [
	{ what: 'connection refused', arrange: refuse },
	...BROKEN.map(([what, fault]) => ({ what, arrange: meets(fault) })),
	...HANGING.map(([what, fault]) => ({ what, arrange: meets(fault), stalls: true as const })),
	...SLOW.map(([what, fault]) => ({ what, arrange: meets(fault) })),
];
