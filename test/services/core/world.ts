import { FaultBook } from './fault-book';
import { Recorder } from './recorder';
import type { Front, OwnError, ServiceOptions } from './types';

/** The options of every service that its fronts look at, with the defaults filled in. */
export type FrontSettings = Required<Omit<ServiceOptions, 'apiPort' | 'ossPort'>>;

/** Fills in the defaults. */
export function frontSettings({ now, latencyMs, keepBytes }: ServiceOptions): FrontSettings {
	return {
		now: now ?? (() => Date.now()),
		latencyMs: latencyMs ?? 0,
		keepBytes: keepBytes ?? false,
	};
}

/** Leaves the bytes out: for reading. */
export function withoutBytes(all: Iterable<object>): object[] {
	return [...all].map((each) => ({ ...each, bytes: undefined }));
}

/** What the two fronts of a service share: what is recorded and set to go wrong. */
export abstract class ServiceWorld<
	Name extends string,
	Settings extends FrontSettings = FrontSettings,
> {
	readonly faults = new FaultBook<Name>();
	readonly recorder: Recorder<Name>;
	/** Where OSS can be reached; known once it listens. */
	ossUrl = '';
	/** Where nobody listens at the moment. */
	readonly refusing = new Set<Front>();

	constructor(readonly settings: Settings) {
		this.recorder = new Recorder(settings.now);
	}

	/** Back to the start: the seed, no calls, no faults, no tokens but the seed's. */
	reset(): void {
		this.faults.clear();
		this.recorder.clear();
	}

	/** Makes every token invalid, the seed's too. */
	abstract revokeTokens(): void;

	/** What is stored, and the seed, to look at in JSON. */
	abstract state(): object;

	/** The body of an error of this service. */
	abstract errorBody(error: OwnError, requestId: string): object;
}
