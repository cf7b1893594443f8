import { parseArgs } from 'node:util';
import { startLocalDingTalk } from './index';

const OPTIONS = {
	'api-port': { type: 'string' },
	'oss-port': { type: 'string' },
	latency: { type: 'string' },
	'calls-per-second': { type: 'string' },
	'token-life': { type: 'string' },
	'signature-life': { type: 'string' },
	hashes: { type: 'string' },
	'keep-bytes': { type: 'boolean' },
	verbose: { type: 'boolean' },
} as const;

function number(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

/** Runs the service as a process of its own, until it is told to stop. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: OPTIONS });
	const hashes = (['md5', 'sha256', 'crc64'] as const).filter(
		(name) => values.hashes === undefined || values.hashes.split(',').includes(name),
	);
	const service = await startLocalDingTalk({
		apiPort: number(values['api-port']),
		ossPort: number(values['oss-port']),
		latencyMs: number(values.latency),
		callsPerSecond: number(values['calls-per-second']),
		tokenLifeSeconds: number(values['token-life']),
		signatureLifeSeconds: number(values['signature-life']),
		keepBytes: values['keep-bytes'],
		hashes,
	});
	const { apiUrl, ossUrl, seed } = service;
	process.stdout.write(`${JSON.stringify({ apiUrl, ossUrl, seed })}\n`);

	let shown = 0;
	const timer = setInterval(() => {
		shown = Math.min(shown, service.calls.length);
		for (; values.verbose && shown < service.calls.length; shown++) {
			const { front, method, path, status, code = '' } = service.calls[shown];
			process.stderr.write(`${front} ${method} ${path} ${status} ${code}\n`);
		}
	}, 200);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, () => {
			clearInterval(timer);
			void service.close();
		});
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
