import { randomBytes } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startDaemon, type Daemon } from '../daemon';
import { n8nEnv } from '../env';
import type { N8nInstall } from '../install';
import { freePort, tail, until } from '../process';
import { createRealN8n } from '../real-n8n';
import { startServer, type RunningServer } from '../server';
import { POSTGRES_USER, type Database } from './databases';

/** Executions that a worker runs at the same time; n8n's default. */
export const CONCURRENCY = 10;

/** A running `n8n worker`. */
export interface Worker extends Daemon {
	name: string;
	/** The executions it has started, as it logged them. */
	started(): string[];
	/** Those of them that it has not finished. */
	running(): string[];
}

/** One n8n made of several processes, as n8n's documentation has it. */
export interface Cluster {
	startMain(): Promise<RunningServer>;
	/** Each worker has a user folder of its own, as on a machine of its own. */
	startWorker(name: string): Promise<Worker>;
	/** The main that was started last. */
	main(): RunningServer;
	/** All workers that were ever started, in order. */
	workers(): Worker[];
	stop(): Promise<void>;
}

export interface ClusterOptions {
	folder: string;
	tarball: string;
	redis: Database;
	postgres: Database;
}

/**
 * What n8n takes to find out that a worker died: a minute and a half with its defaults, seconds
 * here. Main looks for executions that no queue knows every 180 minutes; here every 6 seconds.
 */
const IMPATIENT = {
	QUEUE_WORKER_LOCK_DURATION: '5000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1',
};

/** Prepares a cluster: the package is installed for main and for every worker. */
export async function createCluster(
	install: N8nInstall,
	{ folder, tarball, redis, postgres }: ClusterOptions,
): Promise<Cluster> {
	const shared = {
		...IMPATIENT,
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		N8N_LOG_LEVEL: 'info',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: POSTGRES_USER,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: POSTGRES_USER,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
	};
	const mains: RunningServer[] = [];
	const workers: Worker[] = [];
	const template = join(folder, 'main');
	await (await createRealN8n(install, { userFolder: template })).installPackage(tarball);
	const mainPort = await freePort();

	const envOf = async (name: string) => {
		const userFolder = join(folder, name);
		const nodes = join('.n8n', 'nodes');
		await mkdir(join(userFolder, 'tmp'), { recursive: true });
		if (userFolder !== template) {
			await cp(join(template, nodes), join(userFolder, nodes), { recursive: true });
		}
		const N8N_RUNNERS_BROKER_PORT = String(await freePort());
		return { ...n8nEnv(userFolder, install), ...shared, N8N_RUNNERS_BROKER_PORT };
	};

	return {
		async startMain() {
			const main = await startServer(install, await envOf('main'), mainPort);
			mains.push(main);
			return main;
		},
		async startWorker(name) {
			const args = [install.n8nBin, 'worker', `--concurrency=${CONCURRENCY}`];
			const daemon = startDaemon(install.nodePath, args, { env: await envOf(name) });
			const started = () => executionsIn(daemon.output(), 'started');
			const running = () => {
				const finished = new Set(executionsIn(daemon.output(), 'finished'));
				return started().filter((id) => !finished.has(id));
			};
			const worker = { ...daemon, name, started, running };
			workers.push(worker);
			await until(
				() => {
					if (!daemon.isRunning()) throw new Error(`${name} ended\n${tail(daemon.output())}`);
					return daemon.output().includes('n8n worker is now ready');
				},
				() => `${name} was not ready within 3 minutes\n${tail(daemon.output())}`,
			);
			return worker;
		},
		main: () => mains[mains.length - 1],
		workers: () => [...workers],
		async stop() {
			await Promise.all([...workers, ...mains].map(async (daemon) => await daemon.stop()));
		},
	};
}

/** The executions that a worker says it did something with. */
function executionsIn(log: string, verb: 'started' | 'finished'): string[] {
	return [...log.matchAll(new RegExp(`Worker ${verb} execution (\\d+) `, 'g'))].map(([, id]) => id);
}
