import { startNode, upload } from '../../../DingTalkKnowledgeBase/support/uploads';

export interface ChildReport {
	status: string;
	message?: string;
	files: number;
}

/** Uploads six files to the API named in the environment, in the environment it was given. */
async function main(): Promise<void> {
	const engine = await startNode(process.env.API_BASE_URL ?? '');
	const { result, items } = await upload(engine, { files: 6, options: { maxConcurrency: 4 } });
	await engine.close();
	const report: ChildReport = {
		status: result.status,
		message: result.error?.message,
		files: items.length,
	};
	process.send?.(report);
	process.disconnect();
}

void main();
