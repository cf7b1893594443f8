import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { GIB, projectFolder } from './places';

/** What was measured on, in a sentence. */
export function machine(): string {
	const all = cpus();
	const memory = (totalmem() / GIB).toFixed(0);
	const core = version('n8n-core');
	return `Machine: ${all.length} × ${all[0].model.trim()}, ${memory} GiB, ${process.platform} ${process.arch}, Node.js ${process.version}, n8n-core ${core}, undici ${version('undici')}.`;
}

function version(name: string): string {
	const manifest = createRequire(import.meta.url)(
		join(projectFolder, 'node_modules', name, 'package.json'),
	) as { version: string };
	return manifest.version;
}

/** The date, as documents tell it. */
export function today(): string {
	return new Date().toISOString().slice(0, 10);
}
