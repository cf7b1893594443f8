import { readFile, writeFile } from 'node:fs/promises';

/** Resident memory of a process, in bytes; from Linux's /proc, so that the process is left alone. */
export async function residentMemory(pid: number): Promise<number> {
	return await statusField(pid, 'VmRSS');
}

/**
 * The kernel's own high-water mark of a process's resident memory: no peak falls between two
 * samples, also while the process is too busy to answer.
 */
export class PeakMemory {
	private constructor(
		private readonly pid: number,
		/** Bytes at the beginning. */
		readonly idle: number,
	) {}

	static async watch(pid: number): Promise<PeakMemory> {
		// 5 resets the mark, see proc_pid_clear_refs(5).
		await writeFile(`/proc/${pid}/clear_refs`, '5');
		return new PeakMemory(pid, await residentMemory(pid));
	}

	/** Bytes above the beginning. */
	async growth(): Promise<number> {
		return (await statusField(this.pid, 'VmHWM')) - this.idle;
	}
}

export interface MemorySample {
	/** Milliseconds since 1970. */
	at: number;
	bytes: number;
}

/** Samples a process that comes and goes by itself, until told to stop. */
export function sampleMemory(findPid: () => Promise<number | undefined>, every = 10) {
	const samples: MemorySample[] = [];
	let pid: number | undefined;
	let stopped = false;
	const loop = async () => {
		while (!stopped) {
			pid ??= await findPid();
			const bytes = pid && (await residentMemory(pid).catch(() => 0));
			if (bytes) samples.push({ at: Date.now(), bytes });
			await new Promise((resolve) => setTimeout(resolve, every));
		}
	};
	const running = loop();
	return {
		stop: async (): Promise<MemorySample[]> => {
			stopped = true;
			await running;
			return samples;
		},
	};
}

async function statusField(pid: number, name: string): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
	if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
	return Number(kibibytes) * 1024;
}
