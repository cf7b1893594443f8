import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectFolder } from '../engine';
import { useService } from '../services/core/use-service';
import { startLocalDingTalk } from '../services/dingtalk';

const ESCAPE = '\x1b';
let folder: string;

beforeAll(async () => {
	const cache = join(projectFolder, '.cache');
	await mkdir(cache, { recursive: true });
	folder = await mkdtemp(join(cache, 'demo-'));
	await writeFile(join(folder, 'report.pdf'), '%PDF-1.4\n%%EOF\n');
	await writeFile(join(folder, 'empty.txt'), '');
});

afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** What `npm start -- <paths>` runs, typed in the test's folder; nobody's `.env` is read. */
async function start(
	paths: string[],
	env: Record<string, string> = { DINGTALK_ENV_FILE: join(folder, 'none') },
): Promise<{ code: number | string; out: string; err: string }> {
	const args = ['--import', 'tsx', join(projectFolder, 'test', 'demo', 'start.ts'), ...paths];
	const options = { env: { ...process.env, INIT_CWD: folder, ...env } };
	return await new Promise((resolve) => {
		execFile(process.execPath, args, options, (error, out, err) =>
			resolve({ code: error?.code ?? 0, out, err }),
		);
	});
}

describe('npm start', () => {
	it('uploads its own samples and shows that the bytes are equal', async () => {
		const { code, out, err } = await start([]);
		expect(err).toBe('');
		expect(code).toBe(0);
		expect(out).toContain('4. large-sample-64-MiB.bin');
		expect(out.match(/^ {2}SHA-256 equal$/gm)).toHaveLength(4);
		expect(out).toContain('1 access token, 4 upload info, 4 storage PUT, 4 commit');
		expect(out).not.toContain(ESCAPE);
	});

	it('uploads the files that are named, also an empty one and one name twice', async () => {
		const { code, out } = await start(['report.pdf', 'empty.txt', 'report.pdf']);
		expect(code).toBe(0);
		expect(out).toContain('size    0 bytes');
		expect(out).toContain('was     report.pdf (the name was taken)');
		expect(out.match(/^ {2}SHA-256 equal$/gm)).toHaveLength(3);
	});

	it('says before anything starts which files are missing', async () => {
		const { code, out, err } = await start(['report.pdf', 'gone.pdf', '.']);
		expect(code).toBe(1);
		expect(out).toBe('');
		expect(err.trim()).toBe(
			'Not done: The file gone.pdf does not exist; . is not a file. Nothing was uploaded.',
		);
	});
});

describe('npm start with a .env file', () => {
	const service = useService(startLocalDingTalk);

	const startWith = async (more: Record<string, string>) => {
		const envFile = join(folder, 'env');
		const { app, operator, folders } = service.seed;
		const values = {
			DINGTALK_APP_KEY: app.appKey,
			DINGTALK_APP_SECRET: app.appSecret,
			DINGTALK_OPERATOR_UNION_ID: operator.unionId,
			DINGTALK_PARENT: folders.empty.url,
			DINGTALK_API_BASE_URL: service.apiUrl,
			...more,
		};
		const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
		await writeFile(envFile, lines.join('\n'));
		return await start(['report.pdf'], { DINGTALK_ENV_FILE: envFile, NO_PROXY: '127.0.0.1' });
	};

	it('uploads to the service named there, and prints no secret', async () => {
		const { code, out, err } = await startWith({});
		expect(err).toBe('');
		expect(code).toBe(0);
		const [stored] = service.files(service.seed.folders.empty.dentryUuid);
		expect(out).toContain(stored.uuid);
		expect(out).toContain(`SHA-256 ${stored.sha256}`);
		expect(out).toContain(`MD5 ${stored.md5}, equal to that of OSS`);
		expect(out).not.toContain(service.seed.app.appSecret);
		expect(out).not.toContain(service.seed.app.appKey);
	});

	it('ends with one sentence when the service refuses the app', async () => {
		const { code, out, err } = await startWith({ DINGTALK_APP_SECRET: 'not-the-secret' });
		expect(code).toBe(1);
		expect(err).toMatch(/^\nNot done: .+\n$/);
		expect(out + err).not.toContain('not-the-secret');
	});

	it('names what the file lacks', async () => {
		const { code, err } = await startWith({ DINGTALK_APP_SECRET: '', DINGTALK_PARENT: '' });
		expect(code).toBe(1);
		expect(err).toContain('lacks DINGTALK_APP_SECRET, DINGTALK_PARENT;');
	});
});
