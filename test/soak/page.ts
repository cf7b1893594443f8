import { machine, today } from '../measure/machine';
import { GIB } from '../measure/places';
import { figuresToMarkdown, markdownTable, toText, type Figure } from '../measure/report';
import { connections, type Sample } from './samples';
import type { SoakRecord } from './soak';

/** A run and what is to be said of it. */
export interface SoakResult extends SoakRecord {
	seed: number;
	verdict: Figure[];
}

/** The document of a run. */
export function toPage(result: SoakResult): string {
	const { samples, length, operations, closedAfter, verdict, seed } = result;
	const end = samples[samples.length - 1];
	const { executions, uploads, bytes, expectedFailures } = end;
	const minutes = (length / 60).toFixed(0);
	const rests = samples.filter(({ phase }) => phase === 'rest').length;
	return `# Soak

${minutes} minutes of uploads in one process of n8n's engine, to see that nothing grows: memory, file
descriptors, connections, timers. Repeat it with \`npm run soak\` (30 minutes, and one more for the kept connections;
needs Linux), or with \`npm run soak -- --minutes 3\` for a short run, whose page goes to \`.cache/soak/\`. It ends with an
error when a figure is missed. This page and its pictures are written by it; every sample is in \`.cache/soak/samples.csv\`.

${machine()}

${figuresToMarkdown(verdict)}

![Memory over time](images/soak-memory.svg)

![Descriptors, connections, handles and timers, and uploads a minute, over time](images/soak-handles.svg)

## What was done

${operationsTable(operations, executions)}

- **${uploads.toLocaleString('en')} files, ${(bytes / GIB).toFixed(1)} GiB**, all of them stored once and with the SHA-256 (PDS: SHA-1) of what was handed to
  the node; ${expectedFailures} executions failed or were stopped, as they were meant to.
- Sizes and everything else are drawn by a generator with the seed ${seed}: files of 0 bytes, 1 byte, some KiB, up to 20 MiB
  and, once in each round, 200 MiB; 1 to 50 files at a time, in one item or in many. Up to four executions overlap,
  with pauses between their starts.
- What goes wrong on purpose: connections reset before, during and after the body; 503; stalled bodies and answers;
  changed bytes; half answers; refusals for the rate; tokens that end after 40 s, and are revoked in the middle of each round;
  bad input, a missing permission, files pruned before they are read, the stop button, a lost answer to a commit, a storage
  that stays down, a service that cannot be reached.
- A round is 30 such executions and one that meets the worst of it alone. After each of the ${rests} rests, with nothing running and garbage
  collected, the points of the pictures are taken; the lines in between are the process under load, looked at every 5 s.
- n8n's binary store is on disk, and files are deleted after their execution. The services run in processes of their own.

## How it is judged

The first fifth is warm-up and does not count for memory: code is compiled and caches fill. Growth is the median of the
slopes between any two rests (Theil–Sen), times the length. Its limit is 5 % of the size (of resident memory 10 %: the
allocator gives pages back when it likes), or 4 MiB where that is more. Descriptors and handles at rest may not be more in
the last quarter than in the second. Connections are kept for as long as the servers offer (60 s and 72 s here); ${closedAfter.toFixed(0)} s after
the last upload ${connections(end)} were open.

Measured on ${today()}.
`;
}

function operationsTable(operations: Record<string, number>, all: number): string {
	const rows = Object.entries(NAMES).map(([operation, name]) => {
		return [name, String(operations[operation] ?? 0)];
	});
	return markdownTable([['Operation', 'Executions'], ...rows, ['All', String(all)]]);
}

const NAMES: Record<string, string> = {
	upload: 'Upload File',
	steps: 'Get Upload Info → Upload to OSS → Commit File',
	resource: 'Upload Doc Resource',
	pdsInOrder: 'PDS Upload File, parts one after the other',
	pdsParallel: 'PDS Upload File, parts at a time',
};

/** The same for a terminal. */
export function toTerminal({ verdict, problems }: SoakResult): string {
	const table = toText({
		id: 'soak',
		title: 'What did not grow',
		about: '',
		figures: verdict,
		tables: [],
		notes: [],
	});
	return `\n${[table, ...problems.slice(0, 20)].join('\n')}\n`;
}

/** Uploads in each whole minute of load, from where it begins. */
export function uploadsPerMinute(samples: Sample[]): Array<[number, number]> {
	const end = samples.findLast(({ phase }) => phase === 'load')?.at ?? 0;
	const upTo = (minute: number) => samples.findLast(({ at }) => at <= minute * 60)?.files ?? 0;
	const minutes = Array.from({ length: Math.floor(end / 60) + 1 }, (_, minute) => minute);
	return minutes.map((minute) => {
		const from = Math.min(minute, Math.max(0, minutes.length - 2));
		return [minute, upTo(from + 1) - upTo(from)];
	});
}
