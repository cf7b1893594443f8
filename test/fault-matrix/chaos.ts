import type { CallName, Fault, LocalDingTalk, RecordedCall } from '../services/dingtalk';

/** Without those that strike before the body is read, from which the file is known. */
const API: Fault[] = [
	{ kind: 'reset', when: 'afterBody' },
	{ kind: 'reset', when: 'afterWork' },
	{ kind: 'truncatedAnswer' },
	{ kind: 'apiError', status: 500, code: 'systemError' },
	{ kind: 'apiError', status: 503, code: 'operationTimeout' },
	{ kind: 'answerAfter', status: 500, body: { code: 'unknownError' } },
	{ kind: 'answerAfter', status: 502, body: '<html>Bad Gateway</html>' },
	{ kind: 'apiError', status: 403, code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' },
	{ kind: 'apiError', status: 400, code: 'operationConcurrentControl' },
];

const STORAGE: Fault[] = [
	{ kind: 'reset', when: 'beforeBody' },
	{ kind: 'reset', when: 'duringBody' },
	{ kind: 'reset', when: 'afterBody' },
	{ kind: 'reset', when: 'afterWork' },
	{ kind: 'truncatedAnswer' },
	{ kind: 'ossError', status: 500, code: 'InternalError' },
	{ kind: 'ossError', status: 503, code: 'ServiceBusy' },
	{ kind: 'answerAfter', status: 502, body: '<html>Bad Gateway</html>' },
	{ kind: 'corrupt' },
];

/** The requests that can fail, and how each can. */
export const FAILING: Partial<Record<CallName, Fault[]>> = {
	uploadInfo: API,
	ossPut: STORAGE,
	commit: API,
};

/**
 * Lets a service fail this share of all requests. What becomes of a request hangs on the seed, its
 * file and how often that file was there before, not on the order in which requests arrive: the same
 * seed gives the same failures on any machine.
 *
 * @param fileOf tells the file of a request
 * @returns how many requests failed so far, by the kind of request
 */
export function failAtRandom(
	service: LocalDingTalk,
	{ seed, share, fileOf }: { seed: number; share: number; fileOf: (call: RecordedCall) => string },
): Map<CallName, number> {
	const failed = new Map<CallName, number>();
	for (const [call, faults] of Object.entries(FAILING) as Array<[CallName, Fault[]]>) {
		const attempts = new Map<string, number>();
		const fates = new WeakMap<RecordedCall, Fault>();
		const draw = (request: RecordedCall) => {
			const file = fileOf(request);
			const attempt = (attempts.get(file) ?? 0) + 1;
			attempts.set(file, attempt);
			const random = mulberry32(hash(`${seed} ${call} ${file} ${attempt}`));
			if (random() >= share) return;
			fates.set(request, faults[Math.floor(random() * faults.length)]);
			failed.set(call, (failed.get(call) ?? 0) + 1);
		};
		const drawn = new WeakSet<RecordedCall>();
		for (const fault of faults) {
			const when = (request: RecordedCall) => {
				if (!drawn.has(request)) draw(request);
				drawn.add(request);
				return fates.get(request) === fault;
			};
			service.fail({ call, times: Infinity, when, fault });
		}
	}
	return failed;
}

/** Numbers from 0 to 1 that follow from the seed. */
function mulberry32(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	}
	return value >>> 0;
}
