import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { recycled } from '../../../../nodes/shared/binary/recycle';
import { putObject } from '../../../../nodes/shared/oss/put-object';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { readPems } from '../transport/support/certificate';

const SIZE = 12 * 2 ** 20 + 12_345;
const content = Buffer.alloc(SIZE);
for (let at = 0; at + 4 <= SIZE; at += 4)
	content.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);

let folder: string;
let path: string;
const servers: Server[] = [];
const prototype = ArrayBuffer.prototype as unknown as Record<string, unknown>;
const own = prototype.transfer;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'recycled-'));
	path = join(folder, 'file');
	await writeFile(path, content);
	// What Node.js 22 and newer have: the chunk loses its memory.
	prototype.transfer = function (this: ArrayBuffer) {
		return structuredClone(this, { transfer: [this] });
	};
});

afterEach(() => vi.unstubAllEnvs());

afterAll(async () => {
	if (own) prototype.transfer = own;
	else delete prototype.transfer;
	await closeDispatchers();
	for (const server of servers) server.close();
	await rm(folder, { recursive: true });
});

/** A storage that takes its time, so that what is sent waits in every buffer on the way. */
async function slowStorage(isTls: boolean) {
	const received: string[] = [];
	const take: RequestListener = (request, response) => {
		void hashSlowly(request).then((hash) => {
			received.push(hash);
			response.setHeader('x-oss-request-id', '1');
			response.end();
		});
	};
	const server = isTls ? createTlsServer(readPems(), take) : createServer(take);
	servers.push(server);
	const url = await listen(server);
	return { received, url: isTls ? url.replace(/^http:\/\/127.0.0.1/, 'https://localhost') : url };
}

async function hashSlowly(request: IncomingMessage): Promise<string> {
	const hash = createHash('sha256');
	let pieces = 0;
	for await (const piece of request) {
		hash.update(piece as Buffer);
		if (++pieces % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
	}
	return hash.digest('hex');
}

const source = {
	size: SIZE,
	open: () => recycled(createReadStream(path, { highWaterMark: 256 * 1024 })),
};

async function put(url: string) {
	const target = { url, headers: {}, signedWith: 'headers' as const, expiresAt: Infinity };
	const transport = new UndiciTransport();
	return await putObject(target, source, { transport, step: 'uploadToOss', timeout: 60_000 });
}

describe('a file whose memory is used again while it is sent', () => {
	it.each([
		['without TLS', false],
		['over TLS', true],
	])('arrives as it is at a slow storage, %s', async (_, isTls) => {
		if (isTls) vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
		const { url, received } = await slowStorage(isTls);
		await Promise.all(Array.from({ length: 4 }, async () => await put(`${url}/object`)));
		const expected = createHash('sha256').update(content).digest('hex');
		expect(received).toEqual([expected, expected, expected, expected]);
	});
});
