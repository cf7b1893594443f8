import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { projectFolder, type LogEntry } from '../../../engine';
import type { Fault, FaultRule } from '../../../services/dingtalk';
import { until } from '../../../until';
import { openFiles, openSockets } from '../../support/open-handles';
import { openRig, type DingTalkRig } from '../../DingTalkKnowledgeBase/support/rig';
import type { UploadOptions } from '../../DingTalkKnowledgeBase/support/uploads';
import { stopwatch } from '../../support/stopwatch';
import { onRequest } from '../../support/undici-events';

const built = join(projectFolder, 'dist', 'nodes', 'shared', 'transport');
const { closeDispatchers } = createRequire(import.meta.url)(built) as {
	closeDispatchers: () => Promise<void>;
};

interface Case {
	what: string;
	faults?: FaultRule[];
	upload?: UploadOptions;
	/** Whether the moment to stop has come. */
	ready: (rig: DingTalkRig, logs: LogEntry[]) => boolean;
}

/** A file would take hours. */
const slow: Fault = { kind: 'slow', bytesPerSecond: 1_000 };
const sending = ({ service }: DingTalkRig) => (service.callsOf('ossPut')[0]?.bytes ?? 0) > 0;
const asked = (name: 'token' | 'uploadInfo' | 'ossPut' | 'commit', times = 1) => {
	return ({ service }: DingTalkRig) => service.callsOf(name).length >= times;
};
const waiting = (_scene: DingTalkRig, logs: LogEntry[]) =>
	logs.some(({ level }) => level === 'warn');
const busy: Fault = { kind: 'answer', status: 503, body: {}, headers: { 'retry-after': '120' } };

const cases: Case[] = [
	{
		what: 'while a PUT runs',
		faults: [{ call: 'ossPut', fault: slow }],
		upload: { size: 20_000_000 },
		ready: sending,
	},
	{
		what: 'while eight PUTs run and more files wait',
		faults: [{ call: 'ossPut', times: Infinity, fault: slow }],
		upload: { size: 5_000_000, files: 12 },
		ready: (rig) => asked('ossPut', 8)(rig) && sending(rig),
	},
	{
		what: 'while a PUT is stalled',
		faults: [{ call: 'ossPut', fault: { kind: 'stall', afterBytes: 1000 } }],
		upload: { size: 20_000_000 },
		ready: sending,
	},
	{
		what: 'while an answer to a PUT is awaited',
		faults: [{ call: 'ossPut', fault: { kind: 'stallAnswer' } }],
		ready: ({ service }) => service.objects().length === 1,
	},
	{
		what: 'while the wait before a second PUT runs',
		faults: [{ call: 'ossPut', fault: busy }],
		ready: waiting,
	},
	{
		what: 'while the wait before a second call runs',
		faults: [{ call: 'uploadInfo', fault: busy }],
		ready: waiting,
	},
	{
		what: 'while the wait after a refusal for the rate runs',
		faults: [
			{
				call: 'commit',
				times: Infinity,
				fault: {
					kind: 'apiError',
					status: 403,
					code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
				},
			},
		],
		ready: waiting,
	},
	{
		what: 'while calls wait for their turn at the rate limit',
		upload: { files: 20, options: { maxRequestsPerSecond: 2 } },
		ready: ({ service }) => service.files().length >= 2,
	},
	{
		what: 'while a token is awaited',
		faults: [{ call: 'token', fault: { kind: 'stallAnswer' } }],
		ready: asked('token'),
	},
	{
		what: 'while upload info is awaited',
		faults: [{ call: 'uploadInfo', fault: { kind: 'stallAnswer' } }],
		ready: asked('uploadInfo'),
	},
	{
		what: 'while a commit is awaited',
		faults: [{ call: 'commit', fault: { kind: 'stallAnswer' } }],
		ready: asked('commit'),
	},
	{
		what: 'with "continue on fail", while files wait for their turn',
		faults: [{ call: 'ossPut', times: Infinity, fault: slow }],
		upload: {
			size: 5_000_000,
			files: 5,
			options: { maxConcurrency: 1 },
			onError: 'continueRegularOutput',
		},
		ready: sending,
	},
];

const rigs: DingTalkRig[] = [];

afterAll(async () => {
	for (const rig of rigs) await rig.close();
});

/** Runs the upload up to the moment that matters. */
async function begin({ faults = [], upload, ready }: Case, how: UploadOptions) {
	const logs: LogEntry[] = [];
	const rig = await openRig({
		engine: { logger: (level, message, meta) => logs.push({ level, message, meta }) },
	});
	rigs.push(rig);
	faults.forEach((fault) => rig.service.fail(fault));
	const running = rig.upload({ ...upload, ...how });
	await until(() => ready(rig, logs));
	return { rig, running };
}

async function expectNothingLeft({ service, engine }: DingTalkRig): Promise<void> {
	await expect.poll(() => openFiles(engine.dataFolder)).toEqual([]);
	// A connection without a request may be kept for the next execution; one with a request not.
	await closeDispatchers();
	await expect.poll(() => openSockets(service.ossUrl)).toBe(0);
	await expect.poll(() => openSockets(service.apiUrl)).toBe(0);
}

/** Ends the execution at the moment that matters, and expects that it is over within a second. */
async function endAndExpectTheEnd(each: Case, reason?: DOMException): Promise<void> {
	const stop = new AbortController();
	const { rig, running } = await begin(each, { signal: stop.signal });
	let later = 0;
	const { apiUrl, ossUrl } = rig.service;
	const ends = [apiUrl, ossUrl].map((url) => onRequest(url, () => later++));
	const took = stopwatch();
	stop.abort(reason);
	const { result } = await running;
	expect(took()).toBeLessThan(1000);
	expect(result.status).toBe('canceled');
	await expectNothingLeft(rig);
	expect(later, 'requests after the stop').toBe(0);
	for (const end of ends) end();
}

describe('stopping the execution', () => {
	it.each(cases)('$what ends it within a second', async (each) => {
		await endAndExpectTheEnd(each);
	});
});

describe('the time limit of the workflow', () => {
	const [put, , , , retryWait] = cases;
	it.each([put, retryWait])('$what ends it within a second', async (each) => {
		await endAndExpectTheEnd(each, new DOMException('', 'TimeoutError'));
	});
});

describe('an execution that ends by itself', () => {
	it('leaves no file open, whether it succeeded or failed on the way', async () => {
		const rig = await openRig();
		rigs.push(rig);
		// Early, so that most of the file is not read yet.
		const reset: Fault = { kind: 'reset', when: 'duringBody', afterBytes: 100_000 };
		rig.service.fail({ call: 'ossPut', fault: reset });
		const refused: Fault = { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' };
		rig.service.fail({ call: 'ossPut', after: 3, fault: refused });
		const { result } = await rig.upload({ size: 8_000_000, files: 4 });
		expect(result.status).toBe('error');
		await expectNothingLeft(rig);
	});
});
