import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { RealN8n } from '../../n8n';

/**
 * n8n keeps the files of an execution: what is not yet on the disk would slow the next one down.
 */
export async function forgetFiles({ userFolder }: Pick<RealN8n, 'userFolder'>): Promise<void> {
	await rm(join(userFolder, '.n8n', 'storage'), { recursive: true, force: true });
}
