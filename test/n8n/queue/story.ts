import type { LocalDingTalk } from '../../local-dingtalk';
import { until, type Log } from '../process';
import type { Cluster, Worker } from './cluster';
import { KINDS } from './kinds';
import { deliver, mailsFor, type Mail, type Receipt } from './mails';
import { Session, type ListedExecution } from './session';
import { progressAt, Storage } from './storage';

const MAILS_PER_KIND = 20;
const FILES_PER_MAIL = 10;

/** Of these more run at once than the workers take, so that some wait in the queue. */
const LATE_MAILS_PER_KIND = 5;
const LATE_FILES_PER_MAIL = 6;

/** After so many stored files a worker is killed as soon as it is in the middle of all kinds. */
const MIDDLE = 200;

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
	const sending = deliverAll(webhook, mails);
	const alone = first.map((worker) => [worker]);
	const { group, executions, inPart } = await killInTheMiddle(alone, dingTalk, mails, MIDDLE);
	log(
		`Killed a worker that was running ${executions.length} executions; another takes its place …`,
	);
	await cluster.startWorker(group[0].name);
	const deliveries = await sending;
	const listed = await session.executions();
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
	const sendingAgain = deliverAll(
		webhook,
		unacknowledged.map(({ mail }) => mail),
	);
	const left = await stopABusyWorker(cluster);
	const again = await sendingAgain;
	const sentAgain: ReRuns = {
		runs: again.map(({ mail, receipt: { status, items } }) => {
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
	const sending = deliverAll(`${old.url}/webhook`, mails);
	await killInTheMiddle([workers], dingTalk, mails, 0);
	await old.kill();
	await sending;

	const main = await cluster.startMain();
	await cluster.startWorker('worker-d');
	const session = await new Session(main.url).logIn();
	log('n8n is back; it finishes what waited, and finds out what crashed …');
	let listed: ListedExecution[] = [];
	const allEnded = async () => {
		listed = await session.executions();
		return listed.every(({ status, retryOf }) => retryOf || !isOpen(status));
	};
	await until(allEnded, () => `n8n leaves executions open: ${JSON.stringify(listed)}`);

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
	return { retried, crashedData, listedAtEnd: await session.executions() };
}

/** How long a worker may take for what it runs; n8n itself gives it 30 seconds. */
const PATIENCE_MS = 60_000;

/** Sends a SIGTERM to a worker that is running something, and waits for its end. */
async function stopABusyWorker(cluster: Cluster): Promise<Story['left']> {
	const worker = await soon(
		() => cluster.workers().find((one) => one.isRunning() && one.running().length > 0),
		'No worker took what was sent again',
	);
	const running = worker.running();
	await worker.stop(PATIENCE_MS);
	return { running, open: worker.running() };
}

/** Workers that were killed, and in the middle of what. */
interface Killed {
	group: Worker[];
	executions: string[];
	inPart: Record<string, number>;
}

/** Kills the first of these groups of workers that is in the middle of a mail of each kind. */
async function killInTheMiddle(
	groups: Worker[][],
	dingTalk: LocalDingTalk,
	mails: Mail[],
	atLeast: number,
): Promise<Killed> {
	const inTheMiddle = (): Killed | undefined => {
		if (dingTalk.files().length < atLeast) return undefined;
		return groups
			.map((group) => {
				const executions = group.flatMap((worker) => worker.running());
				return { group, executions, inPart: inPartByKind(dingTalk, mails, executions) };
			})
			.find(({ inPart }) => KINDS.every(({ id }) => inPart[id] > 0));
	};
	const found = await soon(inTheMiddle, 'No worker was in the middle of a mail of each kind');
	await Promise.all(found.group.map(async (worker) => await worker.kill()));
	return found;
}

/** What `find` finds, in the very turn in which it does: it is asked every 10 ms. */
async function soon<T>(find: () => T | undefined, never: string): Promise<T> {
	for (const deadline = Date.now() + 90_000; Date.now() < deadline;) {
		const found = find();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error(never);
}

/** How many of these executions have committed some of their mail's files and not all, by kind. */
function inPartByKind(
	dingTalk: LocalDingTalk,
	mails: Mail[],
	executions: string[],
): Record<string, number> {
	const progress = progressAt(dingTalk, mails);
	const byKind = Object.fromEntries(KINDS.map(({ id }) => [id, 0]));
	for (const execution of executions) {
		const [mail, files] = progress.get(execution) ?? [];
		if (mail && files && files < mail.attachments.length) byKind[mail.kind]++;
	}
	return byKind;
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

function isOpen(status: string): boolean {
	return ['new', 'running', 'waiting', 'unknown'].includes(status);
}
