import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { teamHandbook, readOnlyKnowledgeBase, folders } = SEED;

const get = (mode: string, value: string) => ({
	...{ resource: 'knowledgeBase', operation: 'get' },
	knowledgeBase: locator(mode, value),
});

describe('Get Knowledge Base', () => {
	it('gives what DingTalk tells of it, with its link and the role of the operator', async () => {
		const run = await rig.run(get('list', teamHandbook.workspaceId));
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{
				workspaceId: teamHandbook.workspaceId,
				name: teamHandbook.name,
				rootNodeId: teamHandbook.rootDentryUuid,
				permissionRole: 'MANAGER',
				webUrl: teamHandbook.url,
			},
		]);
		expect(rig.callNames()).toEqual(['getWorkspace']);
	});

	it('tells of one where the operator may only read', async () => {
		const run = await rig.run(get('id', readOnlyKnowledgeBase.workspaceId));
		expect(run.json).toMatchObject([{ permissionRole: 'READER' }]);
	});

	it('takes its link, and any link into it', async () => {
		const byOwn = await rig.run(get('url', teamHandbook.url));
		expect(byOwn.json).toMatchObject([{ workspaceId: teamHandbook.workspaceId }]);
		const byFolder = await rig.run(get('url', folders.invoices.url));
		expect(byFolder.json).toEqual(byOwn.json);
	});

	it('makes the link itself where DingTalk tells none', async () => {
		const change = ({ workspace }: Record<string, unknown>) => ({
			workspace: { ...(workspace as object), url: '' },
		});
		rig.service.fail({
			...{ call: 'getWorkspace', times: Infinity },
			fault: { kind: 'changedAnswer', change },
		});
		const run = await rig.run(get('id', teamHandbook.workspaceId));
		expect(run.json[0].webUrl).toBe(teamHandbook.url);
	});

	it('makes a call again whose answer is lost', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'getWorkspace', fault });
		expect((await rig.run(get('id', teamHandbook.workspaceId))).json).toHaveLength(1);
	});

	it('says that an id is that of something else', async () => {
		const run = await rig.run(get('id', folders.invoices.dentryUuid));
		expect(run.shown.message).toBe('This is not a knowledge base');
		expect(run.shown.data).toMatchObject({ code: 'isNotWorkspace', step: 'getKnowledgeBase' });
	});

	it.each<[string, number, RegExp]>([
		['permissionDenied', 403, /may not see this/],
		['workspaceNotExist', 404, /knowledge base does not exist/],
		['paramError', 400, /rejected a parameter/],
	])('says what %s means', async (code, status, title) => {
		const fault = { kind: 'apiError', status, code } as const;
		rig.service.fail({ call: 'getWorkspace', times: Infinity, fault });
		const run = await rig.run(get('id', teamHandbook.workspaceId));
		expect(run.shown.message).toMatch(title);
		expect(run.shown.data).toMatchObject({ code, step: 'getKnowledgeBase' });
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const run = await rig.run(get('id', teamHandbook.workspaceId), {
			credential: { appKey, appSecret },
		});
		expect(run.shown.description).toContain('Wiki.Workspace.Read');
	});

	it('says which item has none, and goes on with the others', async () => {
		const input = [teamHandbook.workspaceId, '', 'x y'].map((base) => ({ json: { base } }));
		const run = await rig.run(get('id', '={{ $json.base }}'), {
			input,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.json[0]).toMatchObject({ name: teamHandbook.name });
		expect(run.json[1]).toHaveProperty('error.message', 'No knowledge base is chosen');
		expect(run.json[2]).toHaveProperty('error.message', 'Knowledge Base is not a valid ID');
	});

	it.each<[string, object]>([
		['lacks its id', { workspaceId: 5 }],
		['lacks its root', { rootNodeId: null }],
	])('takes no answer that %s', async (_, more) => {
		const change = ({ workspace }: Record<string, unknown>) => ({
			workspace: { ...(workspace as object), ...more },
		});
		rig.service.fail({
			...{ call: 'getWorkspace', times: Infinity },
			fault: { kind: 'changedAnswer', change },
		});
		const run = await rig.run(get('id', teamHandbook.workspaceId));
		expect(run.shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER' });
	});
});
