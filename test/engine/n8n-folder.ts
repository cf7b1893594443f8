import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, where `package.json` and `dist/` are. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where n8n-core comes from: an installed n8n (`npm run test:engine`), else this project. */
const n8nFolder = process.env.N8N_OF_ENGINE ?? projectFolder;

/** Resolves from n8n-core, so that every package is the copy n8n-core itself uses. */
export const requireFromCore = createRequire(
	createRequire(join(n8nFolder, 'package.json')).resolve('n8n-core'),
);
