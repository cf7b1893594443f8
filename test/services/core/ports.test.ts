import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { startLocalDingTalk } from '../dingtalk/index';
import { listen } from './listen';
import { holdPort, refusingUrl } from './ports';

const refused = /ECONNREFUSED/;

async function ask(url: string): Promise<string> {
	const { body } = await request(url, { reset: true });
	return await body.text();
}

/** Whether the system keeps a port of 127.0.0.1 for a socket of ours that does not listen. */
function isHeld(url: string): boolean {
	const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
	return readFileSync('/proc/net/tcp', 'utf8')
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.some(([, local, , state]) => local === `0100007F:${port}` && state === CLOSE_WAIT);
}

/** The other side has hung up, ours has not: no time-out ends that. */
const CLOSE_WAIT = '08';

describe('a port that is held', () => {
	it('refuses connections except while somebody listens at it', async () => {
		const port = await holdPort();
		const url = `http://127.0.0.1:${port}`;
		await expect(ask(url)).rejects.toThrow(refused);
		for (const text of ['one', 'another']) {
			const server = createServer((_, response) => response.end(text));
			expect(await listen(server, port)).toBe(url);
			expect(await ask(url)).toBe(text);
			await new Promise((resolve) => server.close(resolve));
			await expect(ask(url)).rejects.toThrow(refused);
		}
	});

	it('is given to nobody else', async () => {
		const url = await refusingUrl();
		await expect.poll(() => isHeld(url)).toBe(true);
	});

	it('stays with a service that is closed', async () => {
		const { apiUrl, ossUrl, close } = await startLocalDingTalk();
		await close();
		for (const url of [apiUrl, ossUrl]) {
			await expect(ask(url)).rejects.toThrow(refused);
			await expect.poll(() => isHeld(url)).toBe(true);
		}
	});
});
