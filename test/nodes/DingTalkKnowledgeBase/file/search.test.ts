import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const { documents, files, folders } = SEED;

const search = (query: string, parameters = {}) => ({
	...{ resource: 'file', operation: 'search', query },
	...parameters,
});
const namesOf = (json: Array<Record<string, unknown>>) => json.map(({ name }) => name);
const options = () => {
	const { option } = rig.service.callsOf('searchDentries').at(-1)?.body as Record<string, object>;
	return option;
};

describe('Search Files', () => {
	it('gives what is found, with the link and who made it', async () => {
		const run = await rig.run(search('welcome'));
		expect(run.error).toBeUndefined();
		const { dentryUuid: uuid, name, url: webUrl } = files.welcome;
		const creator = { name: SEED.operator.name, userId: SEED.operator.userId };
		expect(run.json).toMatchObject([{ uuid, dentryUuid: uuid, name, creator, webUrl }]);
		expect(rig.callNames()).toEqual(['searchDentries']);
	});

	it('gives no item when nothing is found', async () => {
		const run = await rig.run(search('no such thing'));
		expect([run.error, run.json]).toEqual([undefined, []]);
	});

	it('gives items that the next operation takes by default', async () => {
		const { json } = await rig.run(search('welcome'));
		const run = await rig.run(
			{ resource: 'file', operation: 'get' },
			{ input: [{ json: json[0] }] },
		);
		expect(run.json).toMatchObject([{ uuid: files.welcome.dentryUuid, size: 12 }]);
	});

	it('asks for no more than the limit, and for all in pages', async () => {
		expect((await rig.run(search('folder', { limit: 3 }))).json).toHaveLength(3);
		expect(options()).toMatchObject({ maxResults: 3 });
		expect((await rig.run(search('folder', { limit: 60 }))).json).toHaveLength(60);
		expect(options()).toMatchObject({ maxResults: 10 });
		rig.reset();
		expect((await rig.run(search('folder', { returnAll: true }))).json).toHaveLength(120);
		expect(
			rig.service.callsOf('searchDentries').filter(({ status }) => status === 200),
		).toHaveLength(3);
	});

	it('keeps to the kinds', async () => {
		const run = await rig.run(search('e', { options: { kinds: ['ALI_DOC'] } }));
		expect(namesOf(run.json)).toEqual([documents.meetingNotes.name, documents.budget.name]);
		const both = await rig.run(search('e', { options: { kinds: '={{ "ALI_DOC, DOCUMENT" }}' } }));
		expect(namesOf(both.json)).toContain(files.welcome.name);
		expect(options()).toMatchObject({ dentryCategories: ['ALI_DOC', 'DOCUMENT'] });
	});

	it('keeps to the time of creation, in the time zone of the workflow', async () => {
		const upload = {
			resource: 'file',
			operation: 'upload',
			options: { fileName: 'welcome 2.txt' },
		};
		const parent = locator('id', folders.empty.dentryUuid);
		await rig.run({ ...upload, parent }, { input: [await rig.item({ data: 'x' })] });
		// Everything that is there from the start was made at 2026-01-05T08:00Z.
		const before = { options: { createdBefore: '2026-01-05T16:00:00' } };
		const settings = { timezone: 'Asia/Shanghai' };
		const run = await rig.run(search('welcome', before), { settings });
		expect(namesOf(run.json)).toEqual([files.welcome.name]);
		expect(options()).toMatchObject({ createTimeRange: { endTime: Date.UTC(2026, 0, 5, 8) } });
		const after = { options: { createdAfter: '={{ DateTime.fromISO("2026-01-05T08:00:01Z") }}' } };
		const later = await rig.run(search('welcome', after), { settings });
		expect(namesOf(later.json)).toEqual(['welcome 2.txt']);
	});

	it.each([
		[{ createdAfter: 'yesterday-ish' }, '"Created After" is not a time'],
		[{ createdBefore: '={{ true }}' }, '"Created Before" is not a time'],
		[{ createdBefore: '={{ -1 }}' }, '"Created Before" is not a time'],
		[
			{ createdAfter: '2026-02-01', createdBefore: '2026-01-01' },
			'"Created Before" is earlier than "Created After"',
		],
		[{ kinds: ['SONG'] }, '"Kinds" cannot be "SONG"'],
	])('refuses %j', async (given, message) => {
		const run = await rig.run(search('a', { options: given }));
		expect(run.shown.message).toBe(message);
		expect(rig.service.calls).toEqual([]);
	});

	it('needs something to search for', async () => {
		const run = await rig.run(search('={{ $json.nothing }}'));
		expect(run.shown.message).toBe('There is nothing to search for');
		expect(rig.service.calls).toEqual([]);
	});

	it('makes a call again whose answer is lost', async () => {
		const fault = { kind: 'reset', when: 'afterWork' } as const;
		rig.service.fail({ call: 'searchDentries', fault });
		expect((await rig.run(search('welcome'))).json).toHaveLength(1);
	});

	it.each<[string, number, RegExp]>([
		['paramError-keyword', 400, /cannot search for this text/],
		['paramError.dentryCategories', 400, /kinds of files/],
		['paramError.createTimeRange', 400, /time of creation/],
		['spaceNotAccessible', 403, /may not see the space/],
		['workspaceNotAccessible', 403, /may not see the knowledge base/],
		['workspaceTeamNotAccessible', 403, /may not see the team/],
		['permissionDenied', 403, /may not see this/],
	])('says what %s means', async (code, status, title) => {
		const fault = { kind: 'apiError', status, code } as const;
		rig.service.fail({ call: 'searchDentries', times: Infinity, fault });
		const run = await rig.run(search('welcome'));
		expect(run.shown.message).toMatch(title);
		expect(run.shown.data).toMatchObject({ code, step: 'searchDocuments' });
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const run = await rig.run(search('a'), { credential: { appKey, appSecret } });
		expect(run.shown.description).toContain('Storage.Dentry.Search');
	});

	it('does not go in circles with a page that a cache repeats', async () => {
		let first: Record<string, unknown> | undefined;
		const change = (answer: Record<string, unknown>) => (first ??= answer);
		const fault = { kind: 'changedAnswer', change } as const;
		rig.service.fail({ call: 'searchDentries', times: Infinity, fault });
		const run = await rig.run(search('folder', { returnAll: true }));
		expect(run.shown.data).toMatchObject({ code: 'LIST_REPEATS', step: 'searchDocuments' });
	});

	it('searches for each item, and goes on after a failed one', async () => {
		const input = ['welcome', '', 'march'].map((word) => ({ json: { word } }));
		const run = await rig.run(search('={{ $json.word }}'), {
			input,
			node: { onError: 'continueRegularOutput' },
		});
		expect(namesOf(run.json)).toEqual(['welcome.txt', undefined, 'March']);
		expect(run.json[1]).toHaveProperty('error.message');
	});
});
