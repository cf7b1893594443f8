import { ApiError, LegacyError, missing } from '../errors';
import { type RawAnswer, rawAnswer } from '../../core/answer';
import type { ApiRequest } from '../../core/api/front';
import type { AppGrant } from '../grants';
import type { CallName } from '../types';
import type { World } from '../world';
import type { ApiCall, Endpoint } from './endpoint';

function checkGrant({ access }: Endpoint, grant: AppGrant | undefined): AppGrant {
	if (grant) return grant;
	if (access === 'query') throw new LegacyError(40014, '不合法的access_token');
	// HTTP 400, not 401: what most clients get wrong.
	throw new ApiError(400, 'InvalidAuthentication', '不合法的access_token');
}

function checkScope(endpoint: Endpoint, grant: AppGrant): void {
	const { scope, access, internalOnly } = endpoint;
	// What a third-party app is told at an API for internal apps only is UNCONFIRMED.
	const refused = internalOnly && grant.kind === 'thirdParty';
	if (!scope || (grant.scopes.includes(scope) && !refused)) return;
	const message = `应用尚未开通所需的权限：[${scope}]`;
	if (access === 'query') {
		throw new LegacyError(88, message, { sub_code: '60011', sub_msg: '没有调用该接口的权限' });
	}
	const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
	throw new ApiError(403, code, message, [scope]);
}

/** The app a token call is about, which has no token yet. */
function appNamedIn({ body, query }: ApiCall): string {
	const named = { ...query, ...(body as Record<string, unknown> | undefined) };
	return String(named.appKey ?? named.suiteKey ?? named.client_id ?? named.appkey);
}

function admit(endpoint: Endpoint, call: ApiCall, token: string | undefined): void {
	const { world } = call;
	if (endpoint.access === 'anonymous') {
		world.rate.check(appNamedIn(call), endpoint.path);
		return;
	}
	const grant = checkGrant(endpoint, world.grants.find(token));
	world.rate.check(grant.appKey, endpoint.path);
	checkScope(endpoint, grant);
}

/** Carries a call out as far as the service's rules let it, and gives its answer. */
export function perform(
	world: World,
	endpoint: Endpoint | undefined,
	{ call: { query, headers, body }, params, requestId }: ApiRequest<CallName>,
): RawAnswer {
	const call = { world, params, query, body };
	const inQuery = endpoint?.access === 'query';
	const token = inQuery ? query.access_token : headers['x-acs-dingtalk-access-token'];
	try {
		if (!endpoint) {
			throw new ApiError(
				404,
				'InvalidAction.NotFound',
				'Specified api is not found, please check your url and method.',
			);
		}
		admit(endpoint, call, token);
		// A form is no body to the new API; the old one takes both.
		const wantsBody = endpoint.method === 'POST' && !endpoint.bodyless;
		if (wantsBody && endpoint.access !== 'query' && call.body === undefined) {
			throw missing('body');
		}
		return rawAnswer(200, endpoint.handle(call));
	} catch (error) {
		if (error instanceof LegacyError) return rawAnswer(200, error.toBody(requestId));
		if (error instanceof ApiError) return rawAnswer(error.status, error.toBody(requestId));
		throw error;
	}
}
