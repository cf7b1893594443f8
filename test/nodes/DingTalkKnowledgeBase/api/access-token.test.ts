import { expect, it } from 'vitest';

import { accessToken } from '../../../../nodes/DingTalkKnowledgeBase/api/access-token';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { TransportError, UndiciTransport } from '../../../../nodes/shared/transport';
import { useService } from '../../../services/core/use-service';
import { SEED, startLocalDingTalk } from '../../../services/dingtalk';

const local = useService(startLocalDingTalk);

it('an execution that waits for the token of another one can be stopped', async () => {
	local.fail({ call: 'token', fault: { kind: 'stallAnswer' } });
	const { appKey, appSecret } = SEED.app;
	const given = { region: 'custom', apiBaseUrl: local.apiUrl, appKey, appSecret };
	const credentials = readCredentials(given);
	const [first, second] = [new AbortController(), new AbortController()];
	const askFor = async ({ signal: cancelSignal }: AbortController) =>
		await accessToken(new UndiciTransport({ cancelSignal }), credentials).catch(
			(error: unknown) => error,
		);

	const asking = askFor(first);
	await expect.poll(() => local.callsOf('token').length).toBe(1);
	const waiting = askFor(second);
	second.abort();
	expect(await waiting).toBeInstanceOf(TransportError);
	expect(local.callsOf('token')).toHaveLength(1);

	first.abort();
	await asking;
});
