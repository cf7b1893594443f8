import type { LocalDingTalk } from '../../services/dingtalk';
import { gathered } from '../../services/core/gather';
import { until } from '../../until';
import type { Log } from '../process';
import { SHUTDOWN_SECONDS, type Cluster, type Worker } from './cluster';
import { Gate } from './gate';
import { KINDS } from './kinds';
import { deliver, isInPart, mailsFor, type Mail, type Receipt } from './mails';
import { Session, type ListedExecution } from './session';
import { progressAt, Storage, type Progress } from './storage';

const MAILS_PER_KIND = 20;
const FILES_PER_MAIL = 10;

/** Of these more run at once than the workers take, so that some wait in the queue. */
const LATE_MAILS_PER_KIND = 5;
const LATE_FILES_PER_MAIL = 6;

/** After so many stored files mails are kept in their middle until a worker has one of each kind. */
const MIDDLE = 200;

/** So many calls at one moment are more than the service takes in a second. */
const RUSH = 25;

/** A mail, and how its delivery ended for the sender. */
export interface Delivery {
	mail: Mail;
	receipt: Receipt;
}

/** A mail that n8n ran a second time. */
export interface ReRun {
	mail: Mail;
	/** How the second run ended. */
	ended: 'success' | 'error';
	/** The second run's items, where the sender got them. */
	items?: Receipt['items'];
}

/** Second runs, with what was stored before and after them. */
export interface ReRuns {
	runs: ReRun[];
	before: Storage;
	after: Storage;
}

/** What happened, for the checks to look at. */
export interface Story {
	/** All mails of all acts. */
	mails: Mail[];
	/** Act 1: the mails, and what the sender was told. */
	deliveries: Delivery[];
	/** What the killed worker was running. */
	killed: string[];
	/** How many of the killed worker's mails were in part stored, by kind. */
	inPart: Record<string, number>;
	/** What n8n's list shows after act 1. */
	listed: ListedExecution[];
	/** The executions that the other workers started in act 1. */
	startedElsewhere: string[];
	storageAfterKill: Storage;
	/** Act 1, then the Retry button on what had failed: execution → status of its retry. */
	retriesOfFailed: Map<string, string>;
	commitsOfRetries: number;
	/** Act 2: the sender sends again what was not acknowledged. */
	sentAgain: ReRuns;
	/** Act 2, meanwhile: what a worker was running when it got a SIGTERM, and what it left open. */
	left: { running: string[]; open: string[] };
	/** Act 3: main and workers killed; the Retry button on what n8n then calls crashed. */
	retried: ReRuns;
	/** n8n's data of the crashed executions. */
	crashedData: string[];
	listedAtEnd: ListedExecution[];
	/** How many processes have run the node. */
	workers: number;
}

/** Plays the three acts on a cluster whose workflows are published. */
export async function play(cluster: Cluster, dingTalk: LocalDingTalk, log: Log): Promise<Story> {
	const main = cluster.main();
	const webhook = `${main.url}/webhook`;
	const session = await new Session(main.url).logIn();
	const first = cluster.workers();

	const mails = inTurns(0, MAILS_PER_KIND, FILES_PER_MAIL);
	log(`${mails.length} mails with ${mails.length * FILES_PER_MAIL} files for two workers …`);
	dingTalk.fail(gathered('uploadInfo', RUSH));
	const gate = new Gate(dingTalk, mails, () => dingTalk.files().length >= MIDDLE);
	const sending = deliverAll(webhook, mails);
	const alone = first.map((worker) => [worker]);
	const { group, executions, inPart } = await killInTheMiddle(alone, dingTalk, mails, gate);
	log(
		`Killed a worker that was running ${executions.length} executions; another takes its place …`,
	);
	await cluster.startWorker(group[0].name);
	const deliveries = await sending;
	const listed = await session.ended();
	const others = cluster.workers().filter((worker) => !group.includes(worker));
	const startedElsewhere = others.flatMap((worker) => worker.started());
	const storageAfterKill = new Storage(dingTalk);

	log('The Retry button on what failed …');
	const commits = dingTalk.callsOf('commit').length;
	const failed = listed.filter(({ status }) => status !== 'success').map(({ id }) => id);
	const retriesOfFailed = await session.retry(failed);
	const commitsOfRetries = dingTalk.callsOf('commit').length - commits;

	const unacknowledged = deliveries.filter(({ receipt }) => receipt.status !== 200);
	log(`The sender sends ${unacknowledged.length} mails again; a worker is asked to end …`);
	const again = unacknowledged.map(({ mail }) => mail);
	const gateAgain = new Gate(dingTalk, again);
	const sendingAgain = deliverAll(webhook, again);
	const left = await stopABusyWorker(cluster, gateAgain);
	const sentAgain: ReRuns = {
		runs: (await sendingAgain).map(({ mail, receipt: { status, items } }) => {
			return { mail, ended: status === 200 ? 'success' : 'error', items };
		}),
		before: storageAfterKill,
		after: new Storage(dingTalk),
	};

	const late = inTurns(MAILS_PER_KIND, LATE_MAILS_PER_KIND, LATE_FILES_PER_MAIL);
	const act = await crashEverything(cluster, dingTalk, late, log);
	return {
		mails: [...mails, ...late],
		deliveries,
		killed: executions,
		inPart,
		listed,
		startedElsewhere,
		storageAfterKill,
		retriesOfFailed,
		commitsOfRetries,
		sentAgain,
		left,
		...act,
		workers: cluster.workers().length,
	};
}

/** Main and all workers die; main comes back with one worker, and the owner presses Retry. */
async function crashEverything(
	cluster: Cluster,
	dingTalk: LocalDingTalk,
	mails: Mail[],
	log: Log,
): Promise<Pick<Story, 'retried' | 'crashedData' | 'listedAtEnd'>> {
	await cluster.startWorker('worker-c');
	log(`${mails.length} mails more, then main and its workers are killed …`);
	const old = cluster.main();
	const workers = cluster.workers().filter((worker) => worker.isRunning());
	const gate = new Gate(dingTalk, mails);
	const sending = deliverAll(`${old.url}/webhook`, mails);
	await killInTheMiddle([workers], dingTalk, mails, gate);
	await old.kill();
	await sending;

	const main = await cluster.startMain();
	await cluster.startWorker('worker-d');
	const session = await new Session(main.url).logIn();
	log('n8n is back; it finishes what waited, and finds out what crashed …');
	const listed = await session.ended();
	const before = new Storage(dingTalk);
	const crashed = listed.filter(({ status }) => status === 'crashed').map(({ id }) => id);
	const crashedData = await Promise.all(crashed.map(async (id) => await session.dataOf(id)));
	log(`The Retry button on ${crashed.length} crashed executions …`);
	const ends = await session.retry(crashed);
	const runs = crashed.map((id, index): ReRun => {
		const mail = mails.find((one) => crashedData[index].includes(`"${one.id}"`));
		const ended = ends.get(id);
		if (!mail) throw new Error(`n8n lost the input of the crashed execution ${id}`);
		if (ended !== 'success' && ended !== 'error') throw new Error(`Retry of ${id}: ${ended}`);
		return { mail, ended };
	});
	const retried = { runs, before, after: new Storage(dingTalk) };
	return { retried, crashedData, listedAtEnd: await session.ended() };
}

/** Sends a SIGTERM to a worker that is running something, lets it go on, and waits for its end. */
async function stopABusyWorker(cluster: Cluster, gate: Gate): Promise<Story['left']> {
	const worker = await soon(
		() => cluster.workers().find((one) => one.isRunning() && one.running().length > 0),
		'No worker took what was sent again',
	);
	const running = worker.running();
	const stopping = worker.stop(2 * SHUTDOWN_SECONDS * 1000);
	gate.openForAllBut(new Set());
	await stopping;
	return { running, open: worker.running() };
}

/** Workers that were killed, and in the middle of what. */
interface Killed {
	group: Worker[];
	executions: string[];
	inPart: Record<string, number>;
}

/**
 * Kills the first of these groups of workers that is in the middle of a mail of each kind. The gate
 * keeps one mail of each kind for each group, and lets all others go on: they come to it in time.
 */
async function killInTheMiddle(
	groups: Worker[][],
	dingTalk: LocalDingTalk,
	mails: Mail[],
	gate: Gate,
): Promise<Killed> {
	const allKinds = () => {
		const progress = progressAt(dingTalk, mails);
		return groups.find((group) => {
			const running = runningOf(group).filter((execution) => progress.has(execution));
			const kept = new Map<string, Mail>();
			for (const mail of middlesOf(running, progress)) {
				if (!kept.has(mail.kind)) kept.set(mail.kind, mail);
			}
			if (kept.size === KINDS.length) return true;
			const others = running.flatMap((execution) => progress.get(execution)?.[0] ?? []);
			for (const mail of others) if (kept.get(mail.kind) !== mail) gate.open(mail);
			return false;
		});
	};
	const group = await soon(allKinds, 'No worker was in the middle of a mail of each kind');
	const executions = runningOf(group);
	const progress = progressAt(dingTalk, mails);
	const inPart = Object.fromEntries(KINDS.map(({ id }) => [id, 0]));
	for (const { kind } of middlesOf(executions, progress)) inPart[kind]++;
	await Promise.all(group.map(async (worker) => await worker.kill()));
	const dead = executions.flatMap((execution) => progress.get(execution)?.[0] ?? []);
	gate.openForAllBut(new Set(dead));
	return { group, executions, inPart };
}

function runningOf(group: Worker[]): string[] {
	return group.flatMap((worker) => worker.running());
}

/** The mails that these executions are in the middle of. */
function middlesOf(executions: string[], progress: Progress): Mail[] {
	return executions.flatMap((execution) => {
		const [mail, files] = progress.get(execution) ?? [];
		// One file more may be stored than the execution was told.
		return mail && files && isInPart(files + 1, mail) ? [mail] : [];
	});
}

/** What `find` finds, in the very turn in which it does: it is asked every 10 ms. */
async function soon<T>(find: () => T | undefined, never: string): Promise<T> {
	let found = find();
	await until(
		() => (found ??= find()) !== undefined,
		() => never,
	);
	return found as T;
}

function inTurns(from: number, perKind: number, files: number): Mail[] {
	const lists = KINDS.map(({ id }) => mailsFor(id, from, perKind, files));
	return lists[0].flatMap((_, index) => lists.map((list) => list[index]));
}

async function deliverAll(webhook: string, mails: Mail[]): Promise<Delivery[]> {
	return await Promise.all(
		mails.map(async (mail) => ({ mail, receipt: await deliver(webhook, mail) })),
	);
}
