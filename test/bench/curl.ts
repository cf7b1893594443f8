import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { PutPermit } from './service';

/** Sends a file as `curl -T` does. @returns milliseconds, by curl's own clock */
export async function curlUpload(path: string, { url, headers }: PutPermit): Promise<number> {
	// `Expect` would wait for a go-ahead.
	return await curl(headers, ['-H', 'Expect:', '-o', '/dev/null', '-T', path, url]);
}

/** Fetches a file as `curl -o` does. @returns milliseconds, by curl's own clock */
export async function curlDownload(path: string, { url, headers }: PutPermit): Promise<number> {
	return await curl(headers, ['-o', path, url]);
}

async function curl(headers: Record<string, string>, what: string[]): Promise<number> {
	// A header with nothing behind a semicolon is sent empty.
	const given = Object.entries(headers).map(([name, value]) =>
		value ? `${name}: ${value}` : `${name};`,
	);
	const { stdout } = await promisify(execFile)('curl', [
		...['-sS', '--noproxy', '*', '-w', '%{http_code} %{time_total}'],
		...given.flatMap((header) => ['-H', header]),
		...what,
	]);
	const [status, seconds] = stdout.split(' ').map(Number);
	if (status !== 200) throw new Error(`curl: HTTP ${status}`);
	return seconds * 1000;
}
