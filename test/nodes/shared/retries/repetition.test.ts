import { afterAll, describe, expect, it, vi } from 'vitest';

import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { commitFile } from '../../../../nodes/DingTalkKnowledgeBase/api/commit-file';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { toUploadError, UploadError } from '../../../../nodes/shared/errors';
import { putFile } from '../../../../nodes/shared/oss';
import { withRetry } from '../../../../nodes/shared/retry';
import {
	UndiciTransport,
	type HttpRequest,
	type Transport,
} from '../../../../nodes/shared/transport';
import { SEED, startLocalDingTalk, type LocalDingTalk } from '../../../services/dingtalk';
import { holdPort } from '../../../services/core/ports';
import { TestClient } from '../../../services/dingtalk/test-client';
import { onRefusal } from '../../support/undici-events';
import { FOLDER } from '../../DingTalkKnowledgeBase/support/uploads';

const services: LocalDingTalk[] = [];

afterAll(async () => {
	for (const service of services) await service.close();
});

async function start(options: { apiPort?: number } = {}): Promise<LocalDingTalk> {
	const service = await startLocalDingTalk(options);
	services.push(service);
	return service;
}

/** The real transport; for the answer to the first commit it waits only so long. */
function impatient(timeout: number): Transport {
	const transport = new UndiciTransport();
	const send = transport.send.bind(transport);
	let commits = 0;
	return Object.assign(transport, {
		send: async (request: HttpRequest) => {
			const isFirst = new URL(request.url).pathname.endsWith('/commit') && ++commits === 1;
			return await send(isFirst ? { ...request, timeout } : request);
		},
	});
}

function clientFor(apiBaseUrl: string, transport: Transport): DingTalkClient {
	const { appKey, appSecret } = SEED.app;
	const credentials = readCredentials({ region: 'custom', apiBaseUrl, appKey, appSecret });
	return new DingTalkClient({ transport, credentials });
}

describe.concurrent('a commit that is never answered', () => {
	it.each(['OVERWRITE', 'RETURN_DENTRY_IF_EXISTS'] as const)(
		'is repeated with %s',
		async (conflictStrategy) => {
			const { service, request } = await uploaded();
			service.fail({ call: 'commit', fault: { kind: 'stallAnswer' } });
			const client = clientFor(service.apiUrl, impatient(2_000));
			const dentry = await commitFile(client, { ...request, option: { conflictStrategy } });
			expect(service.files(FOLDER)).toMatchObject([{ uuid: dentry.uuid }]);
			expect(service.callsOf('commit')).toHaveLength(2);
		},
	);

	it.each(['AUTO_RENAME', 'RETURN_ERROR_IF_EXISTS', undefined] as const)(
		'is not repeated with %s, and its state is unknown',
		async (conflictStrategy) => {
			const { service, request } = await uploaded();
			service.fail({ call: 'commit', fault: { kind: 'stallAnswer' } });
			const client = clientFor(service.apiUrl, impatient(2_000));
			const failing = commitFile(client, { ...request, option: { conflictStrategy } });
			const { facts } = toUploadError(await failing.catch((error: unknown) => error));
			const { uploadKey } = request;
			expect(facts).toMatchObject({
				code: 'NO_PROGRESS',
				outcome: 'unknown',
				details: { uploadKey, fileName: 'a.txt', parentDentryUuid: FOLDER },
			});
			expect(service.files(FOLDER)).toHaveLength(1);
			expect(service.callsOf('commit')).toHaveLength(1);
		},
	);

	async function uploaded() {
		const service = await start();
		const { uploadKey, url, headers } = await new TestClient(service).place(FOLDER);
		const body = {
			size: 5,
			chunks: async function* () {
				yield Buffer.from('bytes');
			},
		};
		await new UndiciTransport().send({ method: 'PUT', url, headers, body, timeout: 60_000 });
		const { unionId } = SEED.operator;
		const request = { parentDentryUuid: FOLDER, unionId, uploadKey, name: 'a.txt' };
		return { service, request };
	}
});

describe('a service that refuses connections', () => {
	it('is tried again until it is there', async () => {
		const apiPort = await holdPort();
		let refused = 0;
		const url = `http://127.0.0.1:${apiPort}`;
		// Comes up after the second refusal.
		const stop = onRefusal(url, () => void (++refused === 2 && start({ apiPort })));
		try {
			const client = clientFor(url, new UndiciTransport());
			const operatorId = SEED.operator.unionId;
			const answer = await client.call({
				step: 'listKnowledgeBases',
				method: 'GET',
				path: ['v2.0', 'wiki', 'workspaces'],
				query: { operatorId },
				effect: 'none',
				read: ({ workspaces }) => workspaces,
			});
			expect(answer).toBeInstanceOf(Array);
			expect(refused).toBe(2);
		} finally {
			stop();
		}
	});
});

describe('each try of a PUT', () => {
	it('opens the file afresh and closes what it opened', async () => {
		const service = await start();
		const { url, headers } = await new TestClient(service).place(FOLDER);
		service.fail({ call: 'ossPut', fault: { kind: 'reset', when: 'duringBody' } });
		const failed = { kind: 'ossError' as const, status: 500, code: 'InternalError' };
		service.fail({ call: 'ossPut', fault: failed });
		service.fail({ call: 'ossPut', fault: { kind: 'reset', when: 'afterBody' } });
		let opened = 0;
		let closed = 0;
		const open = async function* () {
			opened++;
			try {
				for (let n = 0; n < 50; n++) yield Buffer.alloc(100_000, n);
			} finally {
				closed++;
			}
		};
		const signed = { ...headers, 'Content-Type': '' };
		const target = { url, headers: signed, signedWith: 'headers', expiresAt: Infinity } as const;
		const { attempts, bytes } = await putFile(
			{ size: 5_000_000, open },
			{
				target,
				transport: Object.assign(new UndiciTransport(), { wait: async () => undefined }),
				step: 'uploadToOss',
				fileName: 'a.bin',
				timeout: 60_000,
			},
		);
		expect({ attempts, bytes }).toEqual({ attempts: 4, bytes: 5_000_000 });
		expect(service.objects()).toMatchObject([{ size: 5_000_000, puts: 1 }]);
		await expect.poll(() => closed).toBe(opened);
		expect(opened).toBe(4);
	});
});

describe('the waits', () => {
	const failing = (facts: object) => async () => {
		throw new UploadError({ title: 'Busy', outcome: 'refused', ...facts });
	};

	async function waitsOf(facts: object, random: () => number): Promise<number[]> {
		const wait = vi.fn(async () => {});
		await withRetry(failing(facts), { transport: { wait }, random }).catch(() => undefined);
		return wait.mock.calls.map(([milliseconds]: unknown[]) => milliseconds as number);
	}

	it('of a passing error double four times, with jitter down to the half', async () => {
		expect(await waitsOf({ retry: 'transient' }, () => 1)).toEqual([400, 800, 1600, 3200]);
		expect(await waitsOf({ retry: 'transient' }, () => 0)).toEqual([200, 400, 800, 1600]);
	});

	it('after a refusal for the rate go on for more than a minute', async () => {
		const waits = await waitsOf({ retry: 'throttled' }, () => 1);
		expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000, 8000, 8000]);
	});

	it('are never shorter than Retry-After, and do not exceed two minutes for it', async () => {
		const asked = async (retryAfter: number) =>
			await waitsOf({ retry: 'transient', retryAfter }, () => 0);
		expect(await asked(5000)).toEqual([5000, 5000, 5000, 5000]);
		expect(await asked(120_001)).toEqual([]);
	});

	it('are none after an error that does not pass', async () => {
		expect(await waitsOf({ retry: 'never' }, () => 1)).toEqual([]);
		expect(await waitsOf({}, () => 1)).toEqual([]);
	});
});
