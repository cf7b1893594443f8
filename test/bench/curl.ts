import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { PutPermit } from './service';

/** Sends a file as `curl -T` does. @returns milliseconds, by curl's own clock */
export async function curlUpload(path: string, { url, headers }: PutPermit): Promise<number> {
	// A header with nothing behind a semicolon is sent empty; `Expect` would wait for a go-ahead.
	const given = Object.entries(headers).map(([name, value]) =>
		value ? `${name}: ${value}` : `${name};`,
	);
	const headerArguments = [...given, 'Expect:'].flatMap((header) => ['-H', header]);
	const { stdout } = await promisify(execFile)('curl', [
		'-sS',
		'--noproxy',
		'*',
		...['-o', '/dev/null', '-w', '%{http_code} %{time_total}'],
		...headerArguments,
		...['-T', path, url],
	]);
	const [status, seconds] = stdout.split(' ').map(Number);
	if (status !== 200) throw new Error(`curl: HTTP ${status}`);
	return seconds * 1000;
}
