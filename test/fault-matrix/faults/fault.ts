import type { Fault, LocalDingTalk } from '../../services/dingtalk';
import type { Step } from '../steps';

/** Where a fault is put. */
export interface Stage {
	service: LocalDingTalk;
	step: Step;
	/** How many requests meet it: 1, or all. */
	times: number;
	/** Address of a server that nothing may be sent to. */
	otherHost: string;
	/** Takes what the run must not emit, beside what is on the wire. */
	keepSecret: (secret: string) => void;
}

/** One thing that goes wrong at one step. */
export interface MatrixFault {
	what: string;
	/** Faults of a family are listed together where they look the same: what they share, and this one. */
	family?: [shared: string, own: string];
	/** Lets it go wrong, before the node starts. */
	arrange: (stage: Stage) => void;
	/** The request hangs until it is given up, so limits are short. */
	stalls?: true;
	/** What the node gets in the end is a whole answer of the service with its request id. */
	answered?: true;
	/** The service's code for it; the user sees the text that belongs to it. */
	code?: string;
	/** Where the error may show instead of at its step. */
	showsAt?: string;
}

/** The request meets a fault of the local service. */
export function meets(fault: Fault | ((stage: Stage) => Fault)): MatrixFault['arrange'] {
	return (stage) => {
		const { service, step, times } = stage;
		const one = typeof fault === 'function' ? fault(stage) : fault;
		service.fail({ call: step.call, times, fault: one });
	};
}
