import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

import type { CallName } from '../services/dingtalk';
import type { DingTalkRig } from '../nodes/DingTalkKnowledgeBase/support/rig';
import type { SentCall } from './compare';

/**
 * Lets a client do something with a fresh service.
 *
 * @returns the last call of this name that it has made
 */
export async function lastCall(
	rig: DingTalkRig,
	{ name, refused = false }: { name: CallName; refused?: boolean },
	act: () => Promise<string | void>,
): Promise<SentCall> {
	rig.reset();
	const urls = new Map<string, string>();
	const remember = (message: unknown) => {
		const { url = '', method = '' } = (message as { request: IncomingMessage }).request;
		urls.set(`${method} ${url.split('?')[0]}`, url);
	};
	// The service keeps the query as it understood it; here it is wanted as it was written.
	subscribe('http.server.request.start', remember);
	const uploadKey = await act().finally(() => unsubscribe('http.server.request.start', remember));
	const call = rig.service.callsOf(name).at(-1);
	if (!call) throw new Error(`The call ${name} was not made`);
	if ((call.status === 200) === refused) {
		throw new Error(`${name} was answered ${call.status} ${call.code ?? ''}`);
	}
	const [, rawQuery = ''] = urls.get(`${call.method} ${call.path}`)?.split('?') ?? [];
	const token = call.headers['x-acs-dingtalk-access-token'];
	const own = {
		...(uploadKey && { 'the upload key': uploadKey }),
		...(token && { 'the access token': token }),
	};
	return { ...call, rawQuery, own };
}
