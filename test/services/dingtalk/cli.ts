import { parseArgs } from 'node:util';
import { listed, number, runAsProcess } from '../core/cli';
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

const { values } = parseArgs({ options: OPTIONS });
const starting = startLocalDingTalk({
	apiPort: number(values['api-port']),
	ossPort: number(values['oss-port']),
	latencyMs: number(values.latency),
	callsPerSecond: number(values['calls-per-second']),
	tokenLifeSeconds: number(values['token-life']),
	signatureLifeSeconds: number(values['signature-life']),
	keepBytes: values['keep-bytes'],
	hashes: listed(['md5', 'sha256', 'crc64'], values.hashes),
});
void runAsProcess(starting, values.verbose);
