import type { IBinaryData } from 'n8n-workflow';

import { Worker } from './child';
import { assertSpace } from './places';

/** Files in the binary store of the n8n folder, ready for any worker. */
export async function stageFiles(
	dataFolder: string,
	count: number,
	size: number,
): Promise<IBinaryData[]> {
	await assertSpace(count * size);
	const worker = new Worker(dataFolder);
	try {
		const files = Array.from({ length: count }, (_, index) => ({
			name: `file-${index}.bin`,
			size,
		}));
		const { files: staged = [] } = await worker.run({ kind: 'stage', files });
		return staged;
	} finally {
		await worker.stop();
	}
}
