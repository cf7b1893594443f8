import type { RawAnswer } from '../answer';
import type { RecordedCall } from '../types';
import type { ServiceWorld } from '../world';
import type { BodyType } from './body';

/** One API of a service, as far as the front must know it. */
export interface Route<Name extends string> {
	name: Name;
	/** Default POST. */
	method?: 'GET' | 'POST' | 'DELETE';
	/** Path with its parameters, e.g. '/v2.0/wiki/nodes/:nodeId'. */
	path: string;
	/** How a body may be written; default JSON only. */
	bodies?: readonly BodyType[];
}

/** A request that was read to its end, its parsed body in the call. */
export interface ApiRequest<Name extends string> {
	call: RecordedCall<Name>;
	/** Of the path. */
	params: Record<string, string>;
	/** The body as it came. */
	raw: Buffer;
	requestId: string;
}

/** What an API front is made of. */
export interface ApiFront<Name extends string, One extends Route<Name>> {
	world: ServiceWorld<Name>;
	endpoints: One[];
	/** What every answer of the service has. */
	ownHeaders(requestId: string): Record<string, string>;
	/** Carries a request out; there may be no such API. */
	perform(endpoint: One | undefined, request: ApiRequest<Name>): RawAnswer;
}
