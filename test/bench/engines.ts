import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startEngine, type Engine, type EngineOptions } from '../engine';
import { HelperUpload } from './helper-upload';

/** n8n's engines of one process, each with its credentials, all with the same files. */
export class Engines {
	private readonly running = new Map<string, Engine>();

	/** @param dataFolder n8n's folder */
	constructor(private readonly dataFolder: string) {}

	/** The engine with these credentials, and with the nodes it was first asked for with. */
	async with(credentials: EngineOptions['credentials'], nodes?: EngineOptions['nodes']) {
		const key = JSON.stringify(credentials);
		const all = { 'bench.helperUpload': HelperUpload, ...nodes };
		const engine = this.running.get(key) ?? (await this.start({ credentials, nodes: all }));
		this.running.set(key, engine);
		return engine;
	}

	/** The folder's files stay, the key goes: each process of n8n's engine makes its own. */
	async start(options: EngineOptions): Promise<Engine> {
		await rm(join(this.dataFolder, '.n8n', 'config'), { force: true });
		return await startEngine({ ...options, dataFolder: this.dataFolder });
	}
}
