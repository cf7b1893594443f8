import { setTimeout as sleep } from 'node:timers/promises';

import { takeCensus } from './census';
import type { SoakedProcess } from './child';
import { passingFaults, SOLOS, type Faults } from './faults';
import { judgeRound, type Played } from './judge';
import { Plan, type PlannedExecution } from './plan';
import type { Random } from './random';
import { connections, type Progress, type Sample } from './samples';
import type { DingTalkService, PdsService } from './services';

/** Executions that run at the same time, at most. */
const IN_FLIGHT = 4;
/** Executions of a round, before it is looked at what they left. */
const ROUND = 30;
/** Mean milliseconds between two starts: a steady load, not a race. */
const PAUSE = 500;
const SAMPLE_EVERY = 5_000;
/** Longer than any server of the run keeps a connection: milliseconds. */
const KEEP_ALIVE = 90_000;

/** What all executions at a time can use: 8 files of DingTalk, 4 parts of PDS, each call and PUT. */
export const MOST_CONNECTIONS = IN_FLIGHT * (8 + 8 + 4 + 4);

export interface SoakParts {
	watched: SoakedProcess;
	dingTalk: DingTalkService;
	pds: PdsService;
	dataFolder: string;
	random: Random;
}

/** What a run leaves behind. */
export interface SoakRecord {
	samples: Sample[];
	/** Seconds of load. */
	length: number;
	problems: string[];
	/** Executions by operation. */
	operations: Record<string, number>;
	/** Seconds after which the last connection was given up. */
	closedAfter: number;
}

/** Rounds of executions, each followed by a rest in which nothing may be left over. */
export class Soak {
	private readonly samples: Sample[] = [];

	private readonly problems: string[] = [];

	private readonly operations: Record<string, number> = {};

	private readonly progress: Progress = {
		executions: 0,
		files: 0,
		uploads: 0,
		bytes: 0,
		expectedFailures: 0,
		problems: 0,
	};

	private readonly plan: Plan;

	private readonly started = performance.now();

	constructor(private readonly parts: SoakParts) {
		const { dingTalk, pds, random } = parts;
		this.plan = new Plan(random, { dingTalk: dingTalk.seed, pds: pds.seed });
	}

	/** @param length seconds; the round that is under way then is the last one */
	async run(length: number): Promise<SoakRecord> {
		for (let round = 0; this.seconds() < length; round++) {
			await this.round(round);
			this.tell(round);
		}
		const loaded = this.seconds();
		const closedAfter = await this.untilClosed();
		await this.sample('end');
		this.addProblems(this.parts.watched.warnings);
		const { samples, problems, operations } = this;
		return { samples, problems, operations, length: loaded, closedAfter };
	}

	private async round(number: number): Promise<void> {
		const { dingTalk, pds, random } = this.parts;
		const stopSampling = this.sampleUnderLoad();
		const played: Played[] = [];
		const play = async (planned: PlannedExecution) => void played.push(await this.play(planned));
		await this.fail(passingFaults(random));
		await this.together(this.plan.round(ROUND), play);
		await this.clearFaults(played);
		const solo = SOLOS[number % SOLOS.length];
		await this.fail({ dingTalk: solo.dingTalk ?? [], pds: solo.pds ?? [] });
		await play(solo.make(this.plan));
		await stopSampling();
		await this.judge(played);
		await dingTalk.reset();
		await pds.reset();
		await this.sample('rest');
	}

	/** The faults that met nobody must not meet the execution that follows alone. */
	private async clearFaults(played: Played[]): Promise<void> {
		await this.judge(played.splice(0));
		await this.parts.dingTalk.reset();
		await this.parts.pds.reset();
	}

	/** Bounded, with pauses; half-way all tokens are made invalid. */
	private async together(
		all: PlannedExecution[],
		play: (planned: PlannedExecution) => Promise<void>,
	): Promise<void> {
		const { dingTalk, pds, random } = this.parts;
		const running = new Set<Promise<void>>();
		for (const [index, planned] of all.entries()) {
			if (index === all.length / 2)
				await Promise.all([dingTalk.revokeTokens(), pds.revokeTokens()]);
			await sleep(random.next() * 2 * PAUSE);
			if (running.size >= IN_FLIGHT) await Promise.race(running);
			const one = play(planned).finally(() => running.delete(one));
			running.add(one);
		}
		await Promise.all(running);
	}

	private async play(planned: PlannedExecution): Promise<Played> {
		const { operation, order } = planned;
		const outcome = await this.parts.watched.execute(order);
		this.progress.executions++;
		this.progress.files += outcome.done;
		this.operations[operation] = (this.operations[operation] ?? 0) + 1;
		return { planned, outcome };
	}

	private async fail({ dingTalk, pds }: Faults): Promise<void> {
		for (const rule of dingTalk) await this.parts.dingTalk.fail(rule);
		for (const rule of pds) await this.parts.pds.fail(rule);
	}

	private async judge(played: Played[]): Promise<void> {
		const { dingTalk, pds } = this.parts;
		const judgement = judgeRound(played, await dingTalk.state(), await pds.state());
		this.progress.uploads += judgement.verified;
		this.progress.bytes += judgement.bytes;
		this.progress.expectedFailures += judgement.expectedFailures;
		this.addProblems(judgement.problems);
	}

	private addProblems(problems: string[]): void {
		this.problems.push(...problems);
		this.progress.problems = this.problems.length;
		for (const problem of problems) process.stderr.write(`  problem: ${problem}\n`);
	}

	/** Looks at the process every few seconds; returns how to stop. */
	private sampleUnderLoad(): () => Promise<void> {
		const stop = new AbortController();
		const loop = async () => {
			while (!stop.signal.aborted) {
				await this.sample('load');
				await sleep(SAMPLE_EVERY, undefined, { signal: stop.signal }).catch(() => undefined);
			}
		};
		const running = loop();
		return async () => {
			stop.abort();
			await running;
		};
	}

	private async sample(phase: Sample['phase']): Promise<Sample> {
		const { watched, dataFolder, dingTalk, pds } = this.parts;
		const census = await takeCensus(watched.pid, dataFolder, {
			dingTalkApi: dingTalk.apiUrl,
			dingTalkStorage: dingTalk.ossUrl,
			pdsApi: pds.apiUrl,
			pdsStorage: pds.ossUrl,
		});
		// Afterwards: a collection would close what was left open.
		const inner = await watched.sample({ collectGarbage: phase !== 'load' });
		const sample = { at: this.seconds(), phase, ...this.progress, ...inner, ...census };
		this.samples.push(sample);
		return sample;
	}

	/** Waits until all kept connections are given up. @returns seconds */
	private async untilClosed(): Promise<number> {
		const begun = performance.now();
		const waited = () => performance.now() - begun;
		while (waited() < KEEP_ALIVE && connections(await this.sample('idle')) > 0) {
			await sleep(SAMPLE_EVERY);
		}
		return waited() / 1000;
	}

	private seconds(): number {
		return (performance.now() - this.started) / 1000;
	}

	private tell(round: number): void {
		const { executions, uploads, bytes, expectedFailures } = this.progress;
		const { heapUsed, rss, descriptors } = this.samples[this.samples.length - 1];
		const mib = (value: number) => `${(value / 2 ** 20).toFixed(1)} MiB`;
		process.stderr.write(
			`  ${this.seconds().toFixed(0)} s, round ${round + 1}: ${executions} executions (${expectedFailures} failed or stopped as meant), ${uploads} files, ${mib(bytes)}; heap ${mib(heapUsed)}, resident ${mib(rss)}, ${descriptors} descriptors\n`,
		);
	}
}
