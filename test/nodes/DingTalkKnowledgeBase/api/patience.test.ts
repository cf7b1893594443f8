import { describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { commitFile } from '../../../../nodes/DingTalkKnowledgeBase/api/commit-file';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { toUploadError } from '../../../../nodes/shared/errors';
import { TransportError } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import { FUNCTIONS } from './support/calls';

const IDS = { parent: 'p', operator: 'o', page: 'g', space: 's', dentry: '0' };
let apps = 0;

/** A service of which the token call alone is answered. */
function silent() {
	const transport = new FakeTransport(({ url }) => {
		if (url.includes('/oauth2/')) return answerOf(200, { accessToken: 't', expireIn: 7200 });
		throw new TransportError('stalled', 'api.dingtalk.io', true, 'NO_PROGRESS');
	});
	const credentials = readCredentials({ appKey: `silent-${++apps}`, appSecret: 's' });
	const client = new DingTalkClient({ transport, credentials, callsPerSecond: 1_000 });
	return { transport, client };
}

const timeouts = ({ requests }: FakeTransport) => new Set(requests.map(({ timeout }) => timeout));

describe('a call that is not answered', () => {
	const others = Object.entries(FUNCTIONS).filter(([name]) => name !== 'commitFile');

	it.each(others)('is given up after 30 seconds, and the text says so: %s', async (_, call) => {
		const { transport, client } = silent();
		const error = await call.make(client, IDS).catch((thrown: unknown) => thrown);
		expect(timeouts(transport)).toEqual(new Set([30_000]));
		const { title, description = '' } = toUploadError(error).facts;
		expect(title).toBe('api.dingtalk.io did not answer');
		expect(description).toContain('for 30 seconds');
		// The option is about uploads: it would change nothing here.
		expect(description).not.toContain('Timeout');
	});

	it.each([
		[undefined, 120_000],
		[60_000, 120_000],
		[600_000, 600_000],
	])('may be a commit with a timeout of %s: it has %d ms', async (timeout, patience) => {
		const { transport, client } = silent();
		const request = { parentDentryUuid: 'p', unionId: 'o', uploadKey: 'k', name: 'a.docx' };
		await commitFile(client, { ...request, option: {}, timeout }).catch(() => undefined);
		expect(transport.requests.at(-1)?.timeout).toBe(patience);
	});
});
