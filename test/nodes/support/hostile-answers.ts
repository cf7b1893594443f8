import fc from 'fast-check';
import { expect } from 'vitest';

import { UploadError } from '../../../nodes/shared/errors';
import type { HttpRequest, HttpResponse } from '../../../nodes/shared/transport';
import { hostileJson, hostileText, PROTOTYPE_KEYS } from './hostile';
import type { Shape } from './shapes';

/** An answer; its text may quote the request. */
type HostileAnswer = HttpResponse;

/** Errors and other texts may be long, but nobody reads more than this. */
const LONGEST_TEXT = 4_000;

/**
 * Answers that are almost the valid one: a field replaced, removed, renamed or added; other bodies,
 * with any status and any headers.
 */
export function hostileAnswers(valid: unknown): fc.Arbitrary<HostileAnswer> {
	const status = fc.oneof(
		{ weight: 4, arbitrary: fc.constant(200) },
		{ weight: 2, arbitrary: fc.constantFrom(201, 204, 301, 400, 401, 403, 404, 429, 500, 503) },
	);
	const text = fc.oneof(changed(valid), errorBody(), otherBody());
	return fc.record({ status, headers: headers(), text });
}

/** The answer to this very request. */
export function answerTo(request: HttpRequest, { text, ...answer }: HostileAnswer): HttpResponse {
	const whole = Object.entries(SHORT_FOR).reduce(
		(filled, [short, long]) => filled.replaceAll(short, () => long),
		text.replaceAll(ECHO, () => quoted(request)),
	);
	return { ...answer, text: whole };
}

/** Where an answer quotes the request that it answers. */
const ECHO = 'ECHO OF THE REQUEST';

const DEEP = 'NESTED LISTS';
/** So deep that what goes down step by step runs out of stack; deeper takes milliseconds to parse. */
const DEEPEST = 10_000;
const LONG = 'LONG TEXT';
const ENORMOUS = 'ENORMOUS NUMBER';

/** Counterexamples stay readable when what is long is filled in last. */
const SHORT_FOR: Record<string, string> = {
	[`"${DEEP}"`]: `${'['.repeat(DEEPEST)}${']'.repeat(DEEPEST)}`,
	[LONG]: 'long '.repeat(40_000),
	[`"${ENORMOUS}"`]: '1e400',
};

/** A request as a debugging proxy quotes it, escaped for a text in JSON. */
function quoted({ method, url, headers: sent, body }: HttpRequest): string {
	const text = typeof body === 'string' ? body : '';
	const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
	return JSON.stringify([`${method} ${url}`, ...lines, '', text].join('\n')).slice(1, -1);
}

function headers(): fc.Arbitrary<Record<string, string>> {
	const name = fc.constantFrom(
		...['retry-after', 'x-acs-request-id', 'x-ca-request-id', 'x-ca-error-code'],
		...['x-ca-error-message', 'content-type', 'location', ...PROTOTYPE_KEYS],
	);
	const value = fc.oneof(
		fc.constantFrom('1', '-1', '1e400', 'NaN', '0x10', 'Thu, 01 Jan 1970 00:00:00 GMT', ''),
		fc.string(),
	);
	return fc.dictionary(name, value, { maxKeys: 3 });
}

type Path = Array<string | number>;

function changed(valid: unknown): fc.Arbitrary<string> {
	const paths = pathsOf(valid);
	const value = fc.oneof(
		{ weight: 6, arbitrary: hostileJson() },
		{ weight: 1, arbitrary: fc.constantFrom(ECHO, LONG, DEEP, ENORMOUS) },
	);
	const change = fc.record({
		path: fc.constantFrom(...paths),
		how: fc.constantFrom('replace', 'replace', 'remove', 'rename', 'add'),
		key: fc.oneof(fc.constantFrom(...PROTOTYPE_KEYS), hostileText()),
		value,
	});
	return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
		let answer: unknown = structuredClone(valid);
		for (const { path, how, key, value } of changes) {
			const other = structuredClone(value);
			answer = changedAt(answer, path, (parent, last) => {
				if (how === 'replace') define(parent, last, other);
				if (how === 'remove' || how === 'rename') Reflect.deleteProperty(parent, last);
				if (how === 'rename' || how === 'add') define(parent, key, other);
			});
		}
		return JSON.stringify(answer);
	});
}

/** Errors as the services tell them, with anything in their fields. */
function errorBody(): fc.Arbitrary<string> {
	const name = fc.constantFrom(
		...['code', 'Code', 'message', 'Message', 'requestid', 'requestId', 'RequestId'],
		...['errcode', 'errmsg', 'sub_code', 'sub_msg', 'success', 'accessdenieddetail', 'status'],
	);
	const value = fc.oneof(
		hostileJson(),
		fc.constantFrom<unknown>(
			...[ECHO, LONG, DEEP, ENORMOUS, 'InvalidAuthentication', 'systemError'],
			...['constructor', 'permissionDenied', 'paramError', 88, 40014, { requiredScopes: ['a.b'] }],
			...[{ requiredScopes: [{ toString: 1 }, null, 5] }, { requiredScopes: ECHO }],
		),
	);
	return fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }).map((body) => JSON.stringify(body));
}

function otherBody(): fc.Arbitrary<string> {
	return fc.oneof(
		hostileJson().map((value) => JSON.stringify(value) ?? ''),
		fc.constantFrom(
			...[
				'',
				' ',
				'null',
				'[]',
				'0',
				'"text"',
				'{',
				'{"a":',
				'\ufeff{}',
				'{}{}',
				'NaN',
				'{"a":NaN}',
			],
			...['<html>Login</html>', '<?xml version="1.0"?><Error/>', '\ufffd\ufffd', '{"status":1111}'],
			...['['.repeat(DEEPEST), `${'{"a":'.repeat(DEEPEST)}1${'}'.repeat(DEEPEST)}`],
			...[JSON.stringify({ message: ECHO }), ECHO, '{"__proto__":{"polluted":true},"code":"x"}'],
			...['{"errcode":1e400,"expireIn":1e400}', '"crc64_hash": '.repeat(1_000)],
		),
		hostileText(),
	);
}

/** Every place in a value, as a list of keys. */
function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
	const inner = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
	return path.length > 0 ? [path, ...inner] : inner;
}

function changedAt(
	root: unknown,
	path: Path,
	change: (parent: object, key: string) => void,
): unknown {
	let parent = root;
	for (const key of path.slice(0, -1)) parent = (parent as Record<string, unknown> | null)?.[key];
	if (typeof parent === 'object' && parent !== null) change(parent, String(path.at(-1)));
	return root;
}

/** Also makes a field that is called `__proto__`, as `JSON.parse` does. */
function define(object: object, key: string, value: unknown): void {
	const field = { value, enumerable: true, writable: true, configurable: true };
	if (Array.isArray(object) && key === 'length') return;
	Object.defineProperty(object, key, field);
}

/** Mistakes of a program, as opposed to what it says about its surroundings. */
const MISTAKES = [TypeError, RangeError, SyntaxError, URIError, ReferenceError];

/** An error as the nodes explain them: in words, for the right step, and without a secret. */
export function expectExplained(error: unknown, steps: string[], secrets: string[]): void {
	expect(error).toBeInstanceOf(UploadError);
	const { cause, ...facts } = (error as UploadError).facts;
	expect(
		MISTAKES.some((Mistake) => cause instanceof Mistake),
		`${facts.title}`,
	).toBe(false);
	expect(facts.title).toMatch(/\S/);
	expect(facts.description).toMatch(/\S/);
	expect(`${facts.title} ${facts.description}`.length).toBeLessThan(LONGEST_TEXT);
	expect(steps).toContain(facts.step);
	for (const text of [facts.code, facts.requestId]) {
		expect(['string', 'undefined']).toContain(typeof text);
		expect((text ?? '').length).toBeLessThan(LONGEST_TEXT);
	}
	const said = JSON.stringify(facts) + String(error);
	for (const secret of secrets) expect(said).not.toContain(secret);
}

/** A call has given what it should, or says what is wrong with the answer. */
export async function expectTold(
	work: Promise<unknown>,
	{ steps, result }: { steps: string[]; result: Shape },
	secrets: string[],
): Promise<void> {
	const outcome = await work.then(
		(value: unknown) => ({ value }),
		(error: unknown) => ({ error }),
	);
	if ('error' in outcome) expectExplained(outcome.error, steps, secrets);
	else expect(result(outcome.value), JSON.stringify(outcome.value)?.slice(0, 500)).toBe(true);
	expectUnpolluted();
}

/** Nothing that came from outside has reached the objects of everybody. */
export function expectUnpolluted(): void {
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}
