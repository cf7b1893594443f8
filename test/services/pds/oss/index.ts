import type { OssFront } from '../../core/oss/server';
import type { PdsCallName } from '../types';
import type { World } from '../world';
import { takePart } from './part';

/** PDS signs addresses only; a header signature in time would be none of its own. */
const NO_HEADER_LIFE_MS = -1;

/** The object storage of PDS: takes parts at the addresses that were given out. */
export function ossFront(world: World): OssFront<PdsCallName> {
	return {
		world,
		nameOf: () => 'partPut',
		headerLifeMs: NO_HEADER_LIFE_MS,
		take: async (call, key) => await takePart(world, call, key),
	};
}
