import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startLocalDingTalk, type LocalDingTalk } from '../../services/dingtalk';
import { installN8n } from '../install';
import { packProject } from '../pack';
import { cacheFolder } from '../process';
import { localCredential } from '../workflows';
import { CHECKS } from './checks';
import { createCluster, type Cluster } from './cluster';
import { startPostgres, startRedis } from './databases';
import { findOrInstallPrograms, NotInstallable, type Programs } from './debian';
import { KINDS, workflowOf } from './kinds';
import { Session } from './session';
import { play } from './story';

/** As slow as a service across a network, and as strict as DingTalk's standard edition. */
const SERVICE = { latencyMs: 30, callsPerSecond: 20 };

const started = Date.now();
const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const log = (line: string) => say(`${seconds().padStart(5)}  ${line}`);

/** What runs and has to be stopped, the last started first. */
const toStop: Array<() => Promise<void>> = [];

let stopping: Promise<void> | undefined;

/** Stops everything, once; what starts after that is ended with this process. */
async function stopAll(): Promise<void> {
	const inOrder = async () => {
		for (const stop of toStop.reverse()) await stop();
	};
	stopping ??= inOrder();
	await stopping;
}

/** Runs the packed project in n8n's queue mode: main, workers, Redis and PostgreSQL. */
async function main(): Promise<number> {
	let programs: Programs;
	try {
		programs = await findOrInstallPrograms(log);
	} catch (error) {
		if (!(error instanceof NotInstallable)) throw error;
		say(`Skipped: ${error.message}`);
		say('0 passed, 0 failed');
		return 0;
	}
	const install = await installN8n({ log });
	const tarball = await packProject({ log });
	const folder = join(cacheFolder, 'n8n-queue');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });

	const dingTalk = await startLocalDingTalk(SERVICE);
	toStop.push(dingTalk.close);
	log('Starting Redis and PostgreSQL …');
	const redis = await startRedis(programs, join(folder, 'redis'));
	toStop.push(redis.stop);
	const postgres = await startPostgres(programs, join(folder, 'postgres'));
	toStop.push(postgres.stop);
	log(`Starting n8n ${install.version}: main and two workers …`);
	const cluster = await createCluster(install, { folder, tarball, redis, postgres });
	toStop.push(cluster.stop);
	try {
		const n8n = await cluster.startMain();
		await addWorkflows(await new Session(n8n.url).logIn(), dingTalk);
		await Promise.all(
			['worker-a', 'worker-b'].map(async (name) => await cluster.startWorker(name)),
		);
		const story = await play(cluster, dingTalk, log);
		let failed = 0;
		for (const { name, check } of CHECKS) {
			try {
				const counted = check(story, dingTalk);
				say(`✓ ${name}\n  ${counted}`);
			} catch (error) {
				failed++;
				const problem = error instanceof Error ? error.message : String(error);
				say(`✗ ${name}\n  ${problem.replaceAll('\n', '\n  ')}`);
			}
		}
		if (failed > 0) await keepLogs(cluster, folder);
		log('Stopping …');
		await stopAll();
		say(`${CHECKS.length - failed} passed, ${failed} failed`);
		return failed;
	} catch (error) {
		if (!interrupted) await keepLogs(cluster, folder);
		throw error;
	}
}

async function addWorkflows(session: Session, dingTalk: LocalDingTalk): Promise<void> {
	const local = localCredential(dingTalk);
	const credential = { id: await session.addCredential(local), name: local.name };
	const parent = dingTalk.seed.folders.empty.dentryUuid;
	for (const kind of KINDS) await session.addWorkflow(workflowOf(kind, { parent, credential }));
}

async function keepLogs(cluster: Cluster, folder: string): Promise<void> {
	await writeFile(join(folder, 'main.log'), cluster.main()?.output() ?? '');
	for (const [index, { name, output }] of cluster.workers().entries()) {
		await writeFile(join(folder, `${index}-${name}.log`), output());
	}
	say(`All n8n printed: ${folder}`);
}

let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		interrupted = true;
		log('Stopping …');
		void stopAll().finally(() => process.exit(130));
	});
}

const end = (exitCode: number) => {
	if (!interrupted) process.exit(exitCode);
};

main()
	.finally(stopAll)
	.then(
		(failed) => end(failed ? 1 : 0),
		(error: unknown) => {
			if (!interrupted) say(error instanceof Error ? error.message : String(error));
			end(1);
		},
	);
