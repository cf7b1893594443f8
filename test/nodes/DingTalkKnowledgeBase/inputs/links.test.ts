import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	readDentryUuid,
	readId,
	readLink,
} from '../../../../nodes/DingTalkKnowledgeBase/inputs/links';
import { locatorOf } from '../../../../nodes/DingTalkKnowledgeBase/inputs/locator';
import {
	documentParameter,
	readParent,
} from '../../../../nodes/DingTalkKnowledgeBase/inputs/places';
import { hostileJson, hostileText } from '../../support/hostile';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';

const UUID = '20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv';
const idSign = fc.constantFrom(
	...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-',
);
const id = fc.string({ unit: idSign, minLength: 1, maxLength: 64 });

describe('a link', () => {
	it.each([
		[`https://alidocs.dingtalk.com/i/nodes/${UUID}`],
		[`https://alidocs.dingtalk.io/i/nodes/${UUID}`],
		[`https://alidocs.dingtalk.com/i/nodes/${UUID}?utm_scene=team_space&iframeQuery=a%3Db#h`],
		[`https://alidocs.dingtalk.com/i/nodes/${UUID}/`],
		[`HTTPS://ALIDOCS.DINGTALK.COM/i/nodes/${UUID}`],
		[`http://alidocs.dingtalk.com/i/nodes/${UUID}`],
		[`https://docs.dingtalk.com/i/nodes/${UUID}`],
		[`https://acme.alidocs.dingtalk.com/i/nodes/${UUID}`],
	])('carries the id of a node: %s', (link) => {
		expect(readLink(link, 'Parent').id).toBe(UUID);
	});

	it.each([
		['https://alidocs.dingtalk.com/i/spaces/nb9XJ4RnAlnOQwLk/overview'],
		['https://alidocs.dingtalk.io/i/spaces/nb9XJ4RnAlnOQwLk'],
		['https://alidocs.dingtalk.com/i/spaces/nb9XJ4RnAlnOQwLk/overview?a=1#b'],
	])('carries the id of a knowledge base: %s', (link) => {
		const { id: nodeId, workspaceId } = readLink(link, 'Parent');
		expect([nodeId, workspaceId]).toEqual([undefined, 'nb9XJ4RnAlnOQwLk']);
	});

	it('of another form is left to the service', () => {
		const url = 'https://alidocs.dingtalk.com/i/p/Pl2AmoVbJxLv?docKey=abc';
		expect(readLink(url, 'Parent')).toEqual({ id: undefined, workspaceId: undefined, url });
	});

	it.each([
		[`https://drive.example.com/i/nodes/${UUID}`, 'drive.example.com'],
		[`https://alidocs.dingtalk.com.evil.com/i/nodes/${UUID}`, 'alidocs.dingtalk.com.evil.com'],
		[`https://evil.com/alidocs.dingtalk.com/i/nodes/${UUID}`, 'evil.com'],
		[`https://evil.com#https://alidocs.dingtalk.com/i/nodes/${UUID}`, 'evil.com'],
		[`https://alidocs.dingtalk.com@evil.com/i/nodes/${UUID}`, 'evil.com'],
		[`https://notdingtalk.com/i/nodes/${UUID}`, 'notdingtalk.com'],
		[`https://dingtalk.com.example.org/i/nodes/${UUID}`, 'dingtalk.com.example.org'],
		[`https://alidocs.dingtalk.cn/i/nodes/${UUID}`, 'alidocs.dingtalk.cn'],
	])('of another site is refused with its name: %s', (link, host) => {
		const facts = factsOf(() => readLink(link, 'Parent Folder'));
		expect(facts.title).toBe(`Parent Folder is a link to another site (${host})`);
		expect(facts.badInput).toBe(true);
	});

	it.each([
		'',
		UUID,
		'alidocs.dingtalk.com/i/nodes/x',
		'ftp://alidocs.dingtalk.com/x',
		'javascript:1',
	])('is not %j', (text) => {
		expect(factsOf(() => readLink(text, 'Document')).title).toBe('Document is not a link');
	});

	it('gives back any id, with any query and fragment', () => {
		const signs = [..."aZ09-._~!$&'()*+,;=:@/?", '%2F', '%23', '%25', '%E7%9F%A5'];
		const text = fc.string({ unit: fc.constantFrom(...signs) });
		const rest = fc.tuple(text, text);
		fc.assert(
			fc.property(id, fc.constantFrom('com', 'io'), rest, (given, top, [query, fragment]) => {
				const page = `https://alidocs.dingtalk.${top}/i`;
				expect(readLink(`${page}/nodes/${given}?${query}#${fragment}`, 'x').id).toBe(given);
				const space = `${page}/spaces/${given}/overview?${query}#${fragment}`;
				expect(readLink(space, 'x').workspaceId).toBe(given);
			}),
			runs(200),
		);
	});

	it('of any other host is never taken, however much it looks like the right one', () => {
		const right = fc.constantFrom('alidocs.dingtalk.com', 'dingtalk.io');
		const alike = fc.oneof(
			fc.domain(),
			fc
				.tuple(hostileText(), right, hostileText())
				.map(([before, name, after]) => `${before}${name}${after}`),
			fc.tuple(right, fc.domain()).map((names) => names.join('.')),
			fc.tuple(right, fc.domain()).map((names) => names.join('@')),
			fc.tuple(fc.domain(), right).map((names) => names.join('\\\\')),
			fc.constantFrom('alidocs.dіngtalk.com', 'dingtalk.com.', 'dingtalk.comm', 'xdingtalk.com'),
		);
		fc.assert(
			fc.property(alike, fc.constantFrom('https://', 'HTTP://'), (host, scheme) => {
				const text = `${scheme}${host}/i/nodes/${UUID}`;
				let link: ReturnType<typeof readLink>;
				try {
					link = readLink(text, 'x');
				} catch {
					const { title, badInput } = factsOf(() => readLink(text, 'x'));
					expect(title).toMatch(/another site|not a link/);
					expect(badInput).toBe(true);
					return;
				}
				expect(new URL(text).hostname).toMatch(/^([\w-]+\.)*dingtalk\.(com|io)$/);
				if (link.id !== undefined && !new URL(text).search) expect(link.id).toMatch(/^[\w-]+$/);
			}),
			runs(1_000),
		);
	});

	it('gives only ids that are valid, wherever it carries them', () => {
		const place = fc.constantFrom('/i/nodes/', '/i/p/x?dentryUuid=', '/i/spaces/', '?dentryUuid=');
		const text = fc.oneof(hostileText(), hostileText().map(encodeURIComponentSafely));
		fc.assert(
			fc.property(place, text, (where, hostile) => {
				const value = `https://alidocs.dingtalk.com${where}${hostile}`.trim();
				const locator = { mode: 'url', value };
				const none = { mode: 'id', value: '' };
				for (const read of [
					() => documentParameter.read(locator),
					() => readParent(locator, none),
				]) {
					let given: ReturnType<typeof read>;
					try {
						given = read();
					} catch {
						expect(factsOf(read).badInput).toBe(true);
						continue;
					}
					// Without an id the service is asked, which is not the matter here.
					if ('dentryUuid' in given) expect(given.dentryUuid).toMatch(/^[\w-]{1,128}$/);
					else expect(readLink(value, 'x').id).toBeFalsy();
				}
			}),
			runs(500),
		);
	});
});

describe('an id', () => {
	it('of letters, digits, "-" and "_" is taken', () => {
		fc.assert(
			fc.property(id, (given) => {
				fc.pre(!/^\d+$/.test(given));
				expect(readId(given, 'x')).toBe(given);
				expect(readDentryUuid(given, 'x')).toBe(given);
			}),
		);
	});

	it('of digits alone is none', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\d{1,20}$/), (given) => {
				const facts = factsOf(() => readDentryUuid(given, 'Parent Folder'));
				expect(facts.title).toBe('Parent Folder is a numeric ID, but a dentryUuid is required');
			}),
		);
	});

	it.each(['../x', 'a/b', 'a b', 'a?b', 'a#b', 'a%2Fb', '中', '', '.', 'x'.repeat(129)])(
		'never becomes part of an address when it is %j',
		(text) => {
			expect(factsOf(() => readId(text, 'x')).title).toBe('x is not a valid ID');
		},
	);

	it('that is a link says which mode to choose', () => {
		const facts = factsOf(() =>
			readDentryUuid('https://alidocs.dingtalk.com/i/nodes/x', 'Document'),
		);
		expect(facts).toMatchObject({ title: 'Document is a link, but an ID is required' });
		expect(facts.description).toContain('By Link');
	});
});

describe('a locator of anything', () => {
	it('is a text, or refused', () => {
		const locator = fc.record({ __rl: fc.constant(true), mode: fc.string(), value: hostileJson() });
		fc.assert(
			fc.property(fc.oneof(locator, hostileJson(), hostileText()), (given) => {
				try {
					const { value } = locatorOf(given);
					expect(value).toBe(value.trim());
				} catch {
					expect(factsOf(() => locatorOf(given)).title).toMatch(/^"An ID or link" (?:is|has) /);
				}
			}),
			runs(500),
		);
	});
});

describe('an id of anything else', () => {
	it('is refused before it becomes part of an address', () => {
		fc.assert(
			fc.property(hostileText(), (text) => {
				fc.pre(!/^[\w-]{1,128}$/.test(text));
				expect(factsOf(() => readId(text, 'x')).badInput).toBe(true);
				expect(factsOf(() => readDentryUuid(text, 'x')).badInput).toBe(true);
			}),
			runs(1_000),
		);
	});
});

/** Half characters cannot be encoded. */
function encodeURIComponentSafely(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));
}

describe('a locator', () => {
	it.each([
		[
			{ __rl: true, mode: 'id', value: ' x ' },
			{ mode: 'id', value: 'x' },
		],
		[
			{ __rl: true, mode: 'list', value: null },
			{ mode: 'list', value: '' },
		],
		[
			{ __rl: true, mode: 'id', value: 42 },
			{ mode: 'id', value: '42' },
		],
		['x', { mode: 'id', value: 'x' }],
		[' https://a.b/c ', { mode: 'url', value: 'https://a.b/c' }],
		['', { mode: 'id', value: '' }],
		[undefined, { mode: 'id', value: '' }],
		[null, { mode: 'id', value: '' }],
	])('is read from %j', (given, expected) => {
		expect(locatorOf(given)).toEqual(expected);
	});
});
