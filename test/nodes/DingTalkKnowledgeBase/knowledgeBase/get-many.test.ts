import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { knowledgeBases, teamHandbook, otherUser } = SEED;

const list = (parameters = {}) => ({
	...{ resource: 'knowledgeBase', operation: 'getAll' },
	...parameters,
});
const pages = () => rig.service.callsOf('listWorkspaces').filter(({ status }) => status === 200);

describe('Get Many Knowledge Bases', () => {
	it('gives all that the operator can see, each with its link and role', async () => {
		const run = await rig.run(list({ returnAll: true }));
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ name }) => name)).toEqual(knowledgeBases.map(({ name }) => name));
		expect(run.json[0]).toMatchObject({
			workspaceId: teamHandbook.workspaceId,
			rootNodeId: teamHandbook.rootDentryUuid,
			permissionRole: 'MANAGER',
			webUrl: teamHandbook.url,
		});
		expect(pages()).toHaveLength(2);
	});

	it('asks for no more than the limit', async () => {
		expect((await rig.run(list({ limit: 2 }))).json).toHaveLength(2);
		expect(pages().map(({ query }) => query.maxResults)).toEqual(['2']);
		rig.reset();
		expect((await rig.run(list({ limit: 32 }))).json).toHaveLength(32);
		expect(pages().map(({ query }) => query.maxResults)).toEqual(['30', '2']);
	});

	it('gives no item to an operator who can see none', async () => {
		const operator = locator('unionId', otherUser.unionId);
		const run = await rig.run(list({ operator }));
		expect([run.error, run.json]).toEqual([undefined, []]);
	});

	it('makes a call again whose answer is lost', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'listWorkspaces', fault });
		expect((await rig.run(list({ limit: 1 }))).json).toHaveLength(1);
	});

	it.each<[string, number, RegExp]>([
		['permissionDenied', 403, /may not see this/],
		['teamNotExist', 404, /team .* does not exist/],
		['paramError.orderBy', 400, /order of the list/],
	])('says what %s means', async (code, status, title) => {
		const fault = { kind: 'apiError', status, code } as const;
		rig.service.fail({ call: 'listWorkspaces', times: Infinity, fault });
		const run = await rig.run(list());
		expect(run.shown.message).toMatch(title);
		expect(run.shown.data).toMatchObject({ code, step: 'listKnowledgeBases' });
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const run = await rig.run(list(), { credential: { appKey, appSecret } });
		expect(run.shown.description).toContain('Wiki.Workspace.Read');
	});

	it('does not go in circles with a page that a cache repeats', async () => {
		let first: Record<string, unknown> | undefined;
		const change = (answer: Record<string, unknown>) => (first ??= answer);
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'listWorkspaces', times: Infinity, fault });
		const run = await rig.run(list({ returnAll: true }));
		expect(run.shown.data).toMatchObject({ code: 'LIST_REPEATS', step: 'listKnowledgeBases' });
	});

	it('lists for each item, and goes on after a failed one', async () => {
		const input = [1, 0, 2].map((limit) => ({ json: { limit } }));
		const run = await rig.run(list({ limit: '={{ $json.limit }}' }), {
			input,
			node: { onError: 'continueRegularOutput' },
		});
		const [handbook, archive] = knowledgeBases.map(({ name }) => name);
		expect(run.json.map(({ name }) => name)).toEqual([handbook, undefined, handbook, archive]);
		expect(run.json[1]).toHaveProperty('error.message', '"0" is not a valid limit');
	});
});
