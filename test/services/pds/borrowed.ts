import { FaultBook } from '../dingtalk/faults';
import { Recorder } from '../dingtalk/recorder';
import type { Fault, RecordedCall } from '../dingtalk/types';
import type { PdsCall, PdsFault, PdsFaultRule } from './types';

// The local DingTalk's recorder and fault book name calls by its own closed list. They never look
// at the names beyond comparing them, so here they are given this service's.

/** The recorder, with this service's names. */
export type PdsRecorder = Omit<Recorder, 'calls' | 'begin'> & {
	readonly calls: PdsCall[];
	begin(...request: BeginArguments): PdsCall;
};

type BeginOf = Recorder['begin'];
type BeginArguments = [Parameters<BeginOf>[0], PdsCall['name'], Parameters<BeginOf>[2]];

/** The fault book, with this service's names and faults. */
export interface PdsFaultBook {
	add(rule: PdsFaultRule): void;
	clear(): void;
	claim(call: PdsCall, kinds?: (fault: PdsFault) => boolean): PdsFault | undefined;
	meet(call: PdsCall, kinds?: (fault: PdsFault) => boolean): Promise<PdsFault | undefined>;
}

/** A recorder for this service. */
export function pdsRecorder(now: () => number): PdsRecorder {
	return new Recorder(now) as unknown as PdsRecorder;
}

/** A fault book for this service. */
export function pdsFaultBook(): PdsFaultBook {
	return new FaultBook() as unknown as PdsFaultBook;
}

/** A fault as the borrowed pieces know it. They leave alone what they do not know. */
export function asBorrowedFault(fault: PdsFault): Fault {
	return fault as Fault;
}

/** A call as the borrowed pieces know it. */
export function asBorrowedCall(call: PdsCall): RecordedCall {
	return call as unknown as RecordedCall;
}
