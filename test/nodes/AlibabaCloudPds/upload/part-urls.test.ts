import type { IDataObject } from 'n8n-workflow';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import { readCredentials } from '../../../../nodes/AlibabaCloudPds/api/credentials';
import { PartUrls } from '../../../../nodes/AlibabaCloudPds/upload/part-urls';
import { contentOf } from '../../../../nodes/shared/binary';
import { putFile } from '../../../../nodes/shared/oss';
import { answerOf, FakeTransport } from '../../support/fake-transport';

const MINUTE = 60_000;
const ref = { driveId: '1', fileId: 'f', uploadId: 'u' };

interface Asked {
	part_info_list: Array<{ part_number: number }>;
}

function urlsFor(count: number, credential: IDataObject = {}, host = 'https://b.oss.aliyuncs.com') {
	const transport = new FakeTransport(({ method, body }) => {
		if (method === 'PUT') return answerOf(200, '');
		const { part_info_list: asked } = JSON.parse(body as string) as Asked;
		const list = asked.map(({ part_number }) => ({
			part_number,
			upload_url: `${host}/${part_number}`,
			content_type: part_number === 2 ? 'text/plain' : '',
		}));
		return answerOf(200, { part_info_list: list });
	});
	const data = { domainId: 'bj1', accessToken: 't', ...credential };
	const client = new PdsClient({ transport, credentials: readCredentials(data) });
	const numbers = () =>
		transport.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) =>
				(JSON.parse(body as string) as Asked).part_info_list.map((part) => part.part_number),
			);
	return { urls: new PartUrls(client, ref, count), numbers, transport };
}

afterEach(() => vi.useRealTimers());

describe('the addresses of parts', () => {
	it('are asked for in windows of twenty', async () => {
		const { urls, numbers } = urlsFor(45);
		for (let number = 1; number <= 45; number++) await urls.target({ number });
		expect(numbers().map((list) => [list[0], list.length])).toEqual([
			[1, 20],
			[21, 20],
			[41, 5],
		]);
	});

	it('go beyond the plan when parts were cut', async () => {
		const { urls, numbers } = urlsFor(2);
		await urls.target({ number: 3 });
		expect(numbers()).toEqual([[3]]);
	});

	it('are asked for one by one with the state of the hash', async () => {
		const { urls, numbers } = urlsFor(10);
		await urls.target({ number: 2, state: { h: [1, 2, 3, 4, 5], part_offset: 64 } });
		expect(numbers()).toEqual([[2]]);
	});

	it('say how long they are good, and what content type they want', async () => {
		vi.useFakeTimers({ now: 1000 });
		const { urls } = urlsFor(2);
		expect(await urls.target({ number: 1 })).toMatchObject({
			expiresAt: 1000 + 15 * MINUTE,
			headers: { 'Content-Type': '' },
		});
		expect((await urls.target({ number: 2 })).headers).toEqual({
			'Content-Type': 'text/plain',
		});
	});

	it('are replaced before use when they are about to end', async () => {
		vi.useFakeTimers({ now: 1000 });
		const { urls, numbers, transport } = urlsFor(1);
		await urls.target({ number: 1 });
		vi.setSystemTime(1000 + 14.5 * MINUTE);
		await putFile(contentOf(new Uint8Array(1)), {
			target: await urls.target({ number: 1 }),
			renew: async () => await urls.renew({ number: 1 }),
			transport,
			step: 'putPart',
			fileName: 'x',
			timeout: 1000,
		});
		expect(numbers()).toEqual([[1], [1]]);
	});

	it('are those of a storage, or are not used', async () => {
		const { urls } = urlsFor(1, {}, 'http://10.0.0.1');
		await expect(urls.target({ number: 1 })).rejects.toThrow(/not a storage address/);
		const own = urlsFor(1, { apiBaseUrl: 'http://127.0.0.1:1' }, 'http://10.0.0.1');
		expect((await own.urls.target({ number: 1 })).url).toBe('http://10.0.0.1/1');
	});
});
