import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { holdPort } from '../../services/core/ports';
import { until } from '../../until';
import { startDaemon, type Daemon } from '../daemon';
import { n8nEnv } from '../env';
import type { N8nInstall } from '../install';
import { tail } from '../process';
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

/** What a worker that is asked to end is given for what it runs; 30 with n8n's defaults. */
export const SHUTDOWN_SECONDS = 300;

/**
 * n8n takes a minute and a half to find out that a worker died; here less, but so long that none is
 * taken for dead that only waits for its turn on a busy machine.
 */
const PATIENCE = {
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(SHUTDOWN_SECONDS),
};

/** A main that comes back looks for what crashed every 180 minutes; here every 6 seconds. */
const RECOVERY = { N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1' };

/** Prepares a cluster: the package is installed for main and for every worker. */
export async function createCluster(
	install: N8nInstall,
	{ folder, tarball, redis, postgres }: ClusterOptions,
): Promise<Cluster> {
	const shared = {
		...PATIENCE,
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
	const mainPort = await holdPort();

	const envOf = async (name: string) => {
		const userFolder = join(folder, name);
		const nodes = join('.n8n', 'nodes');
		await mkdir(join(userFolder, 'tmp'), { recursive: true });
		// A worker that takes the place of another one finds the package installed.
		if (!existsSync(join(userFolder, nodes))) {
			await cp(join(template, nodes), join(userFolder, nodes), { recursive: true });
		}
		const N8N_RUNNERS_BROKER_PORT = String(await holdPort());
		return { ...n8nEnv(userFolder, install), ...shared, N8N_RUNNERS_BROKER_PORT };
	};

	return {
		async startMain() {
			const recovery = mains.length > 0 ? RECOVERY : {};
			const env = { ...(await envOf('main')), ...recovery };
			const main = await startServer(install, env, mainPort);
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
				() => `${name} was not ready\n${tail(daemon.output())}`,
				250,
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
