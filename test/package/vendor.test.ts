import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as hashWasm from 'hash-wasm';
import { describe, expect, it } from 'vitest';

import type * as vendor from '../../nodes/shared/vendor/hash-wasm';
import { projectFolder } from '../n8n/process';

const folder = join(projectFolder, 'dist/nodes/shared/vendor');
const built = createRequire(join(folder, 'x'))('./hash-wasm.js') as typeof vendor;

const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251));

describe('what the package has of hash-wasm', () => {
	it('stands alone and can be read, with its licence beside it', async () => {
		const code = await readFile(join(folder, 'hash-wasm.js'), 'utf8');
		expect(code).not.toMatch(/\brequire\(/);
		expect(code).toContain('@license MIT');
		expect(code.split('\n').length).toBeGreaterThan(300);
		const licence = join(projectFolder, 'node_modules/hash-wasm/LICENSE');
		expect(await readFile(join(folder, 'LICENSE'))).toEqual(await readFile(licence));
	});

	it('takes the CRC-64 of OSS', async () => {
		const crc64 = await built.createCRC64();
		expect(crc64.init().update(Buffer.from('123456789')).digest('hex')).toBe('995dc9bbdf1939fa');
	});

	it.each(['createCRC64', 'createSHA1'] as const)(
		'gives sums and states as the whole of it does: %s',
		async (create) => {
			const [own, whole] = [await built[create](), await hashWasm[create]()];
			const states = [own, whole].map((hasher) => hasher.init().update(bytes).save());
			expect(states[0]).toEqual(states[1]);
			expect(own.update(bytes).digest('hex')).toBe(whole.update(bytes).digest('hex'));
			const resumed = own.load(states[1]).update(bytes).digest('hex');
			expect(resumed).toBe(whole.load(states[0]).update(bytes).digest('hex'));
		},
	);

	it('takes the SHA-1 of Node.js', async () => {
		const sha1 = (await built.createSHA1()).init().update(bytes).digest('hex');
		expect(sha1).toBe(createHash('sha1').update(bytes).digest('hex'));
	});
});
