import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { readParameter } from '../../shared/parameter';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { membersParameter, readShare, roleParameter, shareOptions } from '../inputs/members';
import { operatorField } from '../inputs/operator';
import type { Run } from '../run';
import { shareFile } from '../share-file';
import { webLink } from '../web-link';

export const option = {
	name: 'Share File',
	value: 'share',
	action: 'Share a file',
	description:
		'Give people, departments, chats or the whole organisation a role on a file or folder',
};

export const description: INodeProperties[] = showFor('file', 'share', [
	operatorField,
	fileParameter.field,
	membersParameter.field,
	roleParameter.field,
	optionsField(shareOptions),
]);

/** Plans to give the members their role on each item's file. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const account = await run.account(itemIndex);
	const { client, lookUps } = account;
	const { context } = run;
	const input = readFileInput(context, itemIndex, client.credentials);
	const given = readParameter(context, itemIndex, membersParameter);
	const share = {
		role: readParameter(context, itemIndex, roleParameter) ?? 'READER',
		...readShare(given, run.optionsOf(itemIndex), client.credentials),
	};
	const job: Job = {
		about: aboutFile(input),
		effect: 'idempotent',
		done: 'shared',
		receipt: ({ uuid }) => ({ uuid }),
		run: async () => {
			const unionId = await lookUps.unionId(input.operator);
			const dentryUuid = await lookUps.dentryUuid(input.file, unionId);
			const members = await shareFile(account, { dentryUuid, unionId, ...share });
			const { ids } = input;
			return {
				json: {
					uuid: dentryUuid,
					...(ids && { id: ids.dentryId, spaceId: ids.spaceId }),
					webUrl: webLink(client.credentials, dentryUuid),
					shared: { role: share.role, members: members.map(({ type, id }) => ({ type, id })) },
				},
			};
		},
	};
	return [job];
}
