import { join } from 'node:path';

import { createRealN8n, installN8n, packProject, type RunningServer } from '../../../n8n';
import { Session } from '../../../n8n/queue/session';
import { holdPort } from '../../../services/core/ports';
import type { WorkflowFile } from '../../../n8n/real-n8n';
import { openGate, type Gate } from '../../loop/gate';
import { prepareLoopWatch, type LoopWatch } from '../../loop/watch';
import { pdsCredentialFor, type PdsService } from '../../pds/service';
import { forgetFiles } from '../../real/storage';
import { writeLargeFile } from '../../real/input';
import {
	answeringFlow,
	httpServerFlow,
	ourServerFlow,
	pdsServerFlow,
} from '../../real/server-workflows';
import { credentialFor, NO_REDIRECTS } from '../../real/workflows';
import type { Service } from '../../service';
import { until } from '../../../until';
import { FLOWS, type Flow } from './flows';

/** A running n8n with the workflows, watched. */
export interface WatchedServer {
	version: string;
	watch: LoopWatch;
	gate: Gate;
	/** Where a workflow is called. */
	webhook(path: Flow | 'answer'): string;
	/** Removes what n8n keeps of the files. */
	forgetFiles(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts `n8n start` with our packed nodes; the file that all workflows upload is made here. */
export async function startWatchedServer(
	folder: string,
	{ dingTalk, pds }: { dingTalk: Service; pds: PdsService },
	size: number,
	say: (line: string) => void,
): Promise<WatchedServer> {
	const inputFolder = join(folder, 'input');
	const file = await writeLargeFile(inputFolder, size);
	const install = await installN8n({ log: say });
	const tarball = await packProject({ log: say });
	const watch = await prepareLoopWatch(folder);
	const env = {
		...watch.env,
		N8N_RESTRICT_FILE_ACCESS_TO: inputFolder,
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	};
	const n8n = await createRealN8n(install, { userFolder: join(folder, 'n8n'), env });
	await n8n.installPackage(tarball);
	const gate = await openGate();
	const server = await n8n.start(await holdPort());
	try {
		const opening = { file, gateUrl: gate.url };
		await addWorkflows(server, opening, { dingTalk, pds });
	} catch (error) {
		gate.close();
		await server.stop();
		throw error;
	}
	return {
		version: install.version,
		watch,
		gate,
		webhook: (path) => `${server.url}/webhook/${path}`,
		forgetFiles: async () => await forgetFiles(n8n),
		stop: async () => {
			gate.close();
			await server.stop();
		},
	};
}

async function addWorkflows(
	{ url }: RunningServer,
	opening: { file: string; gateUrl: string },
	{ dingTalk, pds }: { dingTalk: Service; pds: PdsService },
): Promise<void> {
	const session = await new Session(url).logIn();
	const store = async (credential: ReturnType<typeof credentialFor | typeof pdsCredentialFor>) => ({
		id: await session.addCredential(credential),
		name: credential.name,
	});
	const forDingTalk = await store(credentialFor(dingTalk));
	const forPds = await store(pdsCredentialFor(pds));
	const make: Record<Flow, (path: Flow) => WorkflowFile> = {
		dingtalk: (path) => ourServerFlow(path, opening, dingTalk, forDingTalk),
		pds: (path) => pdsServerFlow(path, opening, pds, forPds),
		http: (path) => httpServerFlow(path, opening, dingTalk),
		'http-careful': (path) => httpServerFlow(path, opening, dingTalk, { put: NO_REDIRECTS }),
	};
	for (const path of FLOWS) await session.addWorkflow(make[path](path));
	await session.addWorkflow(answeringFlow('answer'));
	// n8n publishes one after the other, and later than it says.
	const isPublished = async () => (await fetch(`${url}/webhook/answer`, { method: 'POST' })).ok;
	await until(isPublished, () => 'n8n did not publish the workflows', 250);
}
