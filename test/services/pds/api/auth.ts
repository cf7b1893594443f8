import { PdsError } from '../errors';
import { SEED } from '../seed';
import { type Caller, SUPERADMIN } from '../tokens';
import type { PdsCall } from '../types';
import type { World } from '../world';
import { checkAccessKey } from './access-key';

/** Whoever opens a share by its link alone. */
const VISITOR: Caller = { userId: '', role: 'user' };

/** Who calls, by access token, AccessKey signature or share token; refuses someone unknown. */
export function authenticate(world: World, call: PdsCall, body: Buffer): Caller {
	const { authorization, 'x-share-token': shareToken } = call.headers;
	if (shareToken !== undefined && shareToken !== SEED.shareToken) {
		throw new PdsError(401, 'ShareLinkTokenInvalid', 'ShareLinkToken is invalid. expired');
	}
	if (authorization?.startsWith('acs ')) {
		checkAccessKey(world, call, body);
		return SUPERADMIN;
	}
	const [, token] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
	if (token) return world.tokens.check(token);
	// A share link is all an anonymous visitor has, and opens that share only.
	const asked = call.body as { share_id?: unknown } | undefined;
	if (shareToken !== undefined && asked?.share_id === SEED.shareId) return VISITOR;
	throw new PdsError(401, 'AccessTokenInvalid', 'AccessToken is invalid. It is missing.');
}
