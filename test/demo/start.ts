import type { IBinaryKeyData } from 'n8n-workflow';

import { startEngine, type Engine, type LogListener, type RunResult } from '../engine';
import { countCalls } from './calls';
import { check } from './check';
import { filledIn, placeOf, readExample } from './example';
import { filesAt, type InputFile } from './input-files';
import { Problem, sentenceOf } from './problem';
import { withProgress } from './progress';
import { report } from './report';
import { sampleFiles } from './samples';
import { stage, type Staged } from './stage';
import { openTarget, type Target } from './target';
import { count, sizeText } from './text';

const EXAMPLE = 'email-attachments-to-knowledge-base';
const UPLOAD_NODE = 'Upload File';

/** Large enough for the bar to have something to show; less goes over a real line. */
const LARGE_MIB = { local: 64, real: 8 };

const LOCAL_HINT = `
That was the local service, which forgets everything; its links lead nowhere.
With a .env file like .env.example the same command uploads to DingTalk.`;

/** Runs the example workflow in n8n's engine with the files as attachments of an e-mail. */
async function main(paths: string[]): Promise<void> {
	const named = paths.length > 0 ? await filesAt(paths) : undefined;
	const target = await openTarget();
	try {
		const files = named ?? sampleFiles(target.files ? LARGE_MIB.local : LARGE_MIB.real);
		announce(files, target, named !== undefined);
		await uploadAll(files, target);
	} finally {
		await target.close();
	}
}

async function uploadAll(inputs: InputFile[], target: Target): Promise<void> {
	const stop = stopOnInterrupt();
	const watch = watchUploads();
	const credentials = { dingTalkApi: target.credential };
	const engine = await startEngine({ credentials, logger: watch.log });
	const calls = countCalls();
	try {
		const { files, binary } = await readIn(engine, inputs, stop.signal);
		const started = performance.now();
		const result = await withProgress('Uploading', sizeOf(files), async (update) => {
			watch.tell(update);
			return await runExample(engine, target, binary, stop.signal);
		});
		const seconds = (performance.now() - started) / 1000;
		const uploaded = check(result, UPLOAD_NODE, files, target.files?.());
		console.log(`\n${report(uploaded, calls.summary(), seconds)}`);
		if (target.files) console.log(LOCAL_HINT);
	} finally {
		calls.stop();
		stop.ignore();
		await engine.close();
	}
}

async function readIn(engine: Engine, inputs: InputFile[], signal: AbortSignal): Promise<Staged> {
	return await withProgress('Reading', sizeOf(inputs), async (update) => {
		return await stage(engine, inputs, update, signal);
	});
}

async function runExample(
	engine: Engine,
	{ parent }: Target,
	binary: IBinaryKeyData,
	signal: AbortSignal,
): Promise<RunResult> {
	const template = await readExample(EXAMPLE);
	const workflow = filledIn(template, UPLOAD_NODE, { parent: placeOf(parent) });
	const json = { subject: 'Files for the Knowledge Base' };
	return await engine.run(workflow, { input: [{ json, binary }], signal });
}

function sizeOf(files: Array<{ size: number }>): number {
	return files.reduce((sum, { size }) => sum + size, 0);
}

function announce(files: InputFile[], { service, folder }: Target, named: boolean): void {
	const what = named ? count(files.length, 'file') : `${files.length} sample files`;
	console.log(`n8n workflow  examples/${EXAMPLE}.json`);
	console.log(`From          an e-mail with ${what}, ${sizeText(sizeOf(files))}`);
	console.log(`To            ${folder}`);
	console.log(`              on ${service}\n`);
}

/** Adds up what the node logs of each upload. */
function watchUploads() {
	const sent = new Map<string, number>();
	let update: (bytes: number) => void = () => {};
	const log: LogListener = (_level, _message, meta) => {
		const { fileName, size, bytes } = (meta ?? {}) as Record<string, unknown>;
		if (typeof fileName !== 'string' || typeof bytes !== 'number') return;
		sent.set(`${fileName} ${String(size)}`, bytes);
		update([...sent.values()].reduce((sum, each) => sum + each, 0));
	};
	return { log, tell: (listener: typeof update) => (update = listener) };
}

/** One Ctrl-C may arrive more than once: from the terminal, and passed on by npm and tsx. */
const SAME_INTERRUPT_MS = 1000;

/**
 * Ctrl-C cancels the execution as n8n's stop button does, so that everything is cleaned up; a
 * second one ends the process at once.
 */
function stopOnInterrupt() {
	const stop = new AbortController();
	let first = 0;
	const abort = () => {
		if (stop.signal.aborted && Date.now() - first > SAME_INTERRUPT_MS) process.exit(1);
		first ||= Date.now();
		stop.abort();
	};
	process.on('SIGINT', abort);
	return { signal: stop.signal, ignore: () => process.off('SIGINT', abort) };
}

main(process.argv.slice(2)).catch((error: unknown) => {
	const known = error instanceof Problem ? error.message : sentenceOf(error);
	console.error(`\nNot done: ${known}`);
	process.exitCode = 1;
});
