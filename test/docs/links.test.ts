import { describe, expect, it } from 'vitest';

import packageJson from '../../package.json';
import { AlibabaCloudPdsApi } from '../../credentials/AlibabaCloudPdsApi.credentials';
import { DingTalkApi } from '../../credentials/DingTalkApi.credentials';
import pdsCodex from '../../nodes/AlibabaCloudPds/AlibabaCloudPds.node.json';
import dingTalkCodex from '../../nodes/DingTalkKnowledgeBase/DingTalkKnowledgeBase.node.json';
import { readPage } from './check';
import { allPages, anchorsIn, leadsSomewhere, localLinks } from './links';

describe('the links', () => {
	it.each(allPages())('of %s lead to files and headings that are there', (path) => {
		const broken = localLinks(readPage(path)).filter((link) => !leadsSomewhere(link, path));
		expect(broken).toEqual([]);
	});

	it('of the editor lead to pages of this project that are there', () => {
		const project = packageJson.homepage.replace(/#.*$/, '');
		const { resources: ofPds } = pdsCodex;
		const { resources: ofDingTalk } = dingTalkCodex;
		const links = [
			...[new AlibabaCloudPdsApi(), new DingTalkApi()].map((each) => each.documentationUrl),
			...[ofPds, ofDingTalk].flatMap((each) => each.credentialDocumentation.map(({ url }) => url)),
		];
		for (const link of links) {
			const [before, path] = link.split('/blob/main/');
			expect(before).toBe(project);
			expect(leadsSomewhere(path, 'README.md'), link).toBe(true);
		}
	});
});

describe('what tells good links from broken ones', () => {
	const page = [
		'# Which *id* is `which`?',
		'[file](README.md) [heading](README.md#which-id-is-which) ![picture](docs/images/error.png)',
		'[gone](docs/gone.md) [no heading](README.md#gone) [elsewhere](https://n8n.io) `[code](x.md)`',
		'```',
		'[code](y.md)',
		'# code',
		'```',
		'# 队列模式（多 worker）',
		'# Twice',
		'# Twice',
	].join('\n');

	it('sees links and pictures, but no code and no other sites', () => {
		expect(localLinks(page).filter((link) => !leadsSomewhere(link, 'README.md'))).toEqual([
			'docs/gone.md',
			'README.md#gone',
		]);
		expect(localLinks(page)).toHaveLength(5);
	});

	it('names headings as GitHub does', () => {
		expect(anchorsIn(page)).toEqual(['which-id-is-which', '队列模式多-worker', 'twice', 'twice-1']);
	});
});
