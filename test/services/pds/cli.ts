import { parseArgs } from 'node:util';
import { startLocalPds } from './index';
import type { PdsHashName } from './types';

const OPTIONS = {
	'api-port': { type: 'string' },
	'oss-port': { type: 'string' },
	latency: { type: 'string' },
	'token-life': { type: 'string' },
	'url-life': { type: 'string' },
	'max-parts-per-url-call': { type: 'string' },
	'crc64-as-string': { type: 'boolean' },
	'bytes-per-second-per-connection': { type: 'string' },
	hashes: { type: 'string' },
	'no-parallel': { type: 'boolean' },
	'keep-bytes': { type: 'boolean' },
} as const;

const HASHES: PdsHashName[] = ['md5', 'sha1', 'sha256', 'crc64'];

function number(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

/** Runs the service as a process of its own, until it is told to stop. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: OPTIONS });
	const wanted = values.hashes?.split(',');
	const service = await startLocalPds({
		apiPort: number(values['api-port']),
		ossPort: number(values['oss-port']),
		latencyMs: number(values.latency),
		tokenLifeSeconds: number(values['token-life']),
		urlLifeSeconds: number(values['url-life']),
		maxPartsPerUrlCall: number(values['max-parts-per-url-call']),
		bytesPerSecondPerConnection: number(values['bytes-per-second-per-connection']),
		hashes: HASHES.filter((name) => wanted === undefined || wanted.includes(name)),
		...(values['crc64-as-string'] && { crc64As: 'string' }),
		parallelAllowed: !values['no-parallel'],
		keepBytes: values['keep-bytes'],
	});
	const { apiUrl, ossUrl, seed } = service;
	process.stdout.write(`${JSON.stringify({ apiUrl, ossUrl, seed })}\n`);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, () => void service.close());
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
