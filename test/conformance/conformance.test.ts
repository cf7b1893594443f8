import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { checkPage } from '../docs/check';
import type { CallName } from '../services/dingtalk';
import { useRig } from '../nodes/DingTalkKnowledgeBase/support/rig';
import { CASES } from './cases';
import { differences, fieldsOf, type Difference } from './compare';
import { EXPLANATIONS, explanationOf, NOT_IN_SDK, NOT_SENT } from './explained';
import { lastCall } from './last-call';
import { OfficialSdk } from './official-sdk';
import { conformancePage } from './page';
import { fieldNamesOf, REQUESTS } from './requests';

const rig = useRig();
const sdkFolder = dirname(
	createRequire(import.meta.url).resolve('@alicloud/dingtalk/package.json'),
);

/** Filled by the cases; what comes after them looks at the whole. */
const found: Difference[] = [];
const sentByNode = new Map<CallName, Set<string>>();
const madeByNode = new Set<CallName>();

describe('the node sends what the official SDK sends', () => {
	it.each(CASES)('$title', async ({ title, call, sdkCall = call, refused, node, sdk }) => {
		const official = new OfficialSdk(rig.service.apiUrl);
		const ours = await lastCall(rig, { name: call, refused }, async () => {
			const key = await node(rig, official);
			rig.service.calls.forEach(({ name }) => madeByNode.add(name));
			return key;
		});
		const theirs = await lastCall(rig, { name: sdkCall, refused }, async () => await sdk(official));
		expect(Object.keys(ours.own)).toEqual(Object.keys(theirs.own));

		const own = differences(title, theirs, ours);
		expect(own.filter((each) => !explanationOf(each))).toEqual([]);
		found.push(...own);
		const names = sentByNode.get(call) ?? new Set();
		for (const field of fieldsOf(ours).keys()) names.add(wireName(field));
		sentByNode.set(call, names);
	});
});

/** `body option.appProperties[0].name` → `option.appProperties.name`. */
function wireName(field: string): string {
	return field.replace(/^(?:body|query) /, '').replace(/\[\d+\]/g, '');
}

describe('nothing is left out', () => {
	it.each(REQUESTS)('of $method', (request) => {
		const sent = [...(sentByNode.get(request.call) ?? [])];
		const isSent = (name: string) =>
			sent.some((each) => each === name || each.startsWith(`${name}.`));
		const missing = fieldNamesOf(request).filter((name) => !isSent(name));
		expect(missing.sort()).toEqual(Object.keys(NOT_SENT[request.call] ?? {}).sort());
	});

	it('of the calls that the node makes', () => {
		const compared = REQUESTS.map(({ call }) => call);
		const others = NOT_IN_SDK.flatMap(({ names }) => names);
		const unknown = [...madeByNode].filter((name) => ![...compared, ...others].includes(name));
		expect(unknown).toEqual([]);
	});

	it('that the SDK has', async () => {
		const modules = await readdir(join(sdkFolder, 'src'), { recursive: true });
		const clients = modules.filter((name) => name.endsWith('client.ts'));
		expect(clients.length).toBeGreaterThan(50);
		for (const client of clients) {
			const source = await readFile(join(sdkFolder, 'src', client), 'utf8');
			const there = NOT_IN_SDK.filter(({ path }) => path && source.includes(path));
			expect(there, client).toEqual([]);
		}
	});
});

describe('the page', () => {
	it('explains only what is there', () => {
		const used = new Set(found.map(explanationOf));
		expect(EXPLANATIONS.filter((each) => !used.has(each))).toEqual([]);
	});

	it('is up to date (npm run docs)', async () => {
		const { version } = JSON.parse(await readFile(join(sdkFolder, 'package.json'), 'utf8')) as {
			version: string;
		};
		checkPage(join('docs', 'conformance.md'), conformancePage(found, version));
	});
});
