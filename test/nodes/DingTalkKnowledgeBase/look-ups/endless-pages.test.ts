import { describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { LookUps } from '../../../../nodes/DingTalkKnowledgeBase/look-ups/look-ups';
import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import { readCredentials as readPdsCredentials } from '../../../../nodes/AlibabaCloudPds/api/credentials';
import { allStoredParts } from '../../../../nodes/AlibabaCloudPds/upload/stored-parts';
import { answerOf, FakeTransport } from '../../support/fake-transport';

describe('a service whose lists never end', () => {
	it('is given up when a folder that may not be made is looked for', async () => {
		let pages = 0;
		const transport = new FakeTransport(({ url }) => {
			if (url.includes('/oauth2/')) return answerOf(200, { accessToken: 't', expireIn: 7200 });
			if (url.includes('/queryDentryId')) return answerOf(200, { spaceId: 's', dentryId: '0' });
			if (url.includes('/folders?')) return answerOf(403, { code: 'permissionDenied' });
			return answerOf(200, { nodes: [], nextToken: `page-${++pages}` });
		});
		const credentials = readCredentials({ appKey: 'endless', appSecret: 's' });
		const client = new DingTalkClient({ transport, credentials, callsPerSecond: 1_000 });
		const looked = new LookUps(client).destination({
			operator: { unionId: 'o' },
			parent: { dentryUuid: 'p' },
			folderNames: ['f'],
		});
		await expect(looked).rejects.toMatchObject({ facts: { code: 'permissionDenied' } });
		expect(pages).toBe(200);
	});

	it.each([
		['the same page', () => 1],
		['smaller numbers', (asked: number) => 20_000 - asked],
		['one more each time', (asked: number) => asked],
	])('is not asked for parts for ever: %s', async (_, marker) => {
		let asked = 0;
		const transport = new FakeTransport(() => {
			asked++;
			const uploaded_parts = [{ part_number: 1, part_size: 1 }];
			return answerOf(200, { uploaded_parts, next_part_number_marker: marker(asked) });
		});
		const credentials = readPdsCredentials({ domainId: 'd', accessToken: 't' });
		const client = new PdsClient({ transport, credentials });
		await allStoredParts(client, { driveId: '1', fileId: 'f', uploadId: 'u' });
		expect(asked).toBeLessThanOrEqual(10_001);
	});
});
