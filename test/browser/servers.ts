import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startLocalDingTalk, type LocalDingTalk } from '../services/dingtalk';
import { startLocalPds, type LocalPds } from '../services/pds';
import { createRealN8n, installN8n, packProject, type RunningServer } from '../n8n';
import { cacheFolder, freePort, type Log } from '../n8n/process';
import { pdsCredential, pdsWorkflow, startWorkflow } from './workflow';

/** The servers a browser test plays on. */
export interface Servers {
	service: LocalDingTalk;
	pds: LocalPds;
	n8n: RunningServer;
	close(): Promise<void>;
}

/** Starts the local services and a real n8n, new each time, with the packed node installed. */
export async function openServers(log: Log): Promise<Servers> {
	const install = await installN8n({ log });
	const tarball = await packProject({ log });
	const userFolder = join(cacheFolder, 'n8n-browser');
	await rm(userFolder, { recursive: true, force: true });
	log(`Preparing n8n ${install.version} …`);
	// A port that looks good on a screenshot, if it is free.
	const service = await startLocalDingTalk({ apiPort: await freePort(9101) });
	const pds = await startLocalPds();
	const closeServices = async () => {
		await service.close();
		await pds.close();
	};
	try {
		const real = await createRealN8n(install, { userFolder });
		await real.installPackage(tarball);
		await real.importCredentials([pdsCredential(pds)]);
		await real.importWorkflows([startWorkflow(service.apiUrl), pdsWorkflow(service.apiUrl)]);
		const n8n = await real.start(await freePort(5678));
		const close = async () => {
			await n8n.stop();
			await closeServices();
		};
		return { service, pds, n8n, close };
	} catch (error) {
		await closeServices();
		throw error;
	}
}
