import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { UploadError } from '../../../../nodes/shared/errors';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { projectFolder } from '../../../engine';
import { hostileText, isWellFormed } from '../../support/hostile';
import { runs } from '../../support/runs';
import { startWire, type Arrived, type Wire } from '../../support/wire';
import type { ExpectedRequest, Ids } from './support/api-function';
import { FUNCTIONS, OTHER_FILES } from './support/calls';

const TOKEN = 'token-that-is-secret';
/** A gateway in front of the service: no call may leave its folder either. */
const BASE = '/gateway/dingtalk';

let wire: Wire;
let apps = 0;

beforeAll(async () => {
	wire = await startWire();
});
afterAll(async () => await wire.close());

const ids: fc.Arbitrary<Ids> = fc.record({
	parent: hostileText(),
	operator: hostileText(),
	page: hostileText(),
	space: hostileText(),
	dentry: hostileText(),
});

/** Whether a text can be a segment of a path that arrives as it was. */
const isSegment = (id: string) => isWellFormed(id) && !/^\.*$/.test(id);

/** What of the ids is wanted in the addresses of these requests. */
function idsIn(requests: ExpectedRequest[], given: Ids): { segments: string[]; values: string[] } {
	const segments: string[] = [];
	const values: string[] = [];
	for (const { path, query = {} } of requests) {
		for (const step of path) if (typeof step === 'function') segments.push(step(given));
		for (const value of Object.values(query)) {
			if (typeof value === 'function') values.push(value(given));
		}
	}
	return { segments, values };
}

function expectAt(arrived: Arrived, { path, query = {} }: ExpectedRequest, given: Ids): void {
	const [way, search = '', ...more] = arrived.url.split('?');
	expect(more).toEqual([]);
	const wanted = path.map((step) => (typeof step === 'function' ? step(given) : step));
	expect(way.startsWith(`${BASE}/`)).toBe(true);
	const segments = way.slice(BASE.length + 1).split('/');
	expect(segments.map((segment) => decodeURIComponent(segment))).toEqual(wanted);
	// Nothing is left for a gateway to read otherwise: no second way to write a slash or a step up.
	expect(way).toMatch(/^(?:\/(?:[\w.!~*'()-]|%[0-9A-F]{2})+)+$/);
	expect(new URL(arrived.url, wire.url).pathname).toBe(way);
	const parameters = search.split('&').filter((pair) => pair !== '');
	const sent = parameters.map((pair) => pair.split('=').map((part) => decodeURIComponent(part)));
	const expected = Object.entries(query)
		.map(([name, value]) => [name, typeof value === 'function' ? value(given) : value])
		.filter(([, value]) => value !== '');
	expect(sent.sort()).toEqual(expected.sort());
}

describe('an id that means harm', () => {
	it('is tried with every file of api/ that makes calls', () => {
		const files = readdirSync(join(projectFolder, 'nodes/DingTalkKnowledgeBase/api'));
		const known = [...Object.values(FUNCTIONS).map(({ file }) => file), ...OTHER_FILES];
		expect(
			files.map((file) => file.replace(/\.ts$/, '')).sort(),
			'a file of api/ needs its line in api/support/calls.ts of these tests',
		).toEqual([...new Set(known)].sort());
	});

	it.each(Object.entries(FUNCTIONS))('stays in its place: %s', async (_, { requests, make }) => {
		await fc.assert(
			fc.asyncProperty(ids, async (given) => {
				wire.arrived.length = 0;
				let answered = 0;
				wire.answer = ({ url }) =>
					url.endsWith('/v1.0/oauth2/accessToken')
						? { body: { accessToken: TOKEN, expireIn: 7200 } }
						: requests[answered++].answer(given);
				const credentials = readCredentials({
					...{ region: 'custom', apiBaseUrl: `${wire.url}${BASE}` },
					...{ appKey: `key-${++apps}`, appSecret: 's' },
				});
				const client = new DingTalkClient({ transport: new UndiciTransport(), credentials });
				const error = await make(client, given).then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
				const calls = wire.arrived.filter(({ url }) => !url.endsWith('/oauth2/accessToken'));
				calls.forEach((call, index) => expectAt(call, requests[index], given));
				if (error === undefined) {
					expect(calls).toHaveLength(requests.length);
					return;
				}
				// The first request that cannot be written is refused, and nothing is sent for it.
				const refused = requests[calls.length];
				const { segments, values } = idsIn([refused], given);
				expect(segments.every(isSegment) && values.every(isWellFormed)).toBe(false);
				expect(error).toBeInstanceOf(UploadError);
				const { facts } = error as UploadError;
				// An id of the service that is empty is none.
				const isMissing = facts.code === 'INCOMPLETE_ANSWER' && segments.includes('');
				if (!isMissing) expect(facts.title).toMatch(/cannot be part of an address/);
				expect(facts.badInput === true || isMissing).toBe(true);
				if (calls.length === 0) expect(wire.arrived).toEqual([]);
			}),
			runs(60),
		);
	});
});
