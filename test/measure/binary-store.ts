import type { IBinaryData } from 'n8n-workflow';
import { join } from 'node:path';

/** Where n8n keeps a file's bytes: its id is `filesystem-v2:<path>`. */
export function pathOf(dataFolder: string, { id = '' }: IBinaryData): string {
	return join(dataFolder, '.n8n', 'storage', id.slice(id.indexOf(':') + 1));
}
