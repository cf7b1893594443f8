import { parseArgs } from 'node:util';
import { listed, number, runAsProcess } from '../core/cli';
import { startLocalPds } from './index';

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
	verbose: { type: 'boolean' },
} as const;

const { values } = parseArgs({ options: OPTIONS });
const starting = startLocalPds({
	apiPort: number(values['api-port']),
	ossPort: number(values['oss-port']),
	latencyMs: number(values.latency),
	tokenLifeSeconds: number(values['token-life']),
	urlLifeSeconds: number(values['url-life']),
	maxPartsPerUrlCall: number(values['max-parts-per-url-call']),
	bytesPerSecondPerConnection: number(values['bytes-per-second-per-connection']),
	hashes: listed(['md5', 'sha1', 'sha256', 'crc64'], values.hashes),
	...(values['crc64-as-string'] && { crc64As: 'string' }),
	parallelAllowed: !values['no-parallel'],
	keepBytes: values['keep-bytes'],
});
void runAsProcess(starting, values.verbose);
