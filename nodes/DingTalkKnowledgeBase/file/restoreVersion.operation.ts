import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { showFor } from '../../shared/descriptions/show';
import { badInput, recover } from '../../shared/errors';
import { number, readParameter, required } from '../../shared/parameter';
import { revertVersion } from '../api/revert-version';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import type { Run } from '../run';
import { unknownEffect } from '../unknown-effect';
import { webLink } from '../web-link';

const versionParameter = required(
	number(
		{
			displayName: 'Version',
			name: 'version',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: '',
			required: true,
			description:
				'The number of the version to restore. Its content becomes a new version, so nothing is lost.',
		},
		(given) => badInput(`"Version" cannot be ${given}`, 'Enter a whole number of 1 or more.'),
	),
	'No version is given',
	'Enter the number of the version to restore.',
);

export const option = {
	name: 'Restore Version',
	value: 'restoreVersion',
	action: 'Restore a version of a file',
	description: 'Make an earlier version of a file its newest one',
};

export const description: INodeProperties[] = showFor('file', 'restoreVersion', [
	operatorField,
	fileParameter.field,
	versionParameter.field,
]);

/** Plans to restore a version of each item's file. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const input = readFileInput(run.context, itemIndex, client.credentials);
	const version = readParameter(run.context, itemIndex, versionParameter);
	const job: Job = {
		about: aboutFile(input),
		effect: 'notIdempotent',
		done: 'restored',
		receipt: ({ uuid }) => ({ uuid }),
		run: async () => {
			const file = await lookUps.dentry(input);
			await recover(
				async () => await revertVersion(client, { ...file, version }),
				(error) =>
					error.facts.outcome === 'unknown'
						? unknownEffect(
								error,
								`version ${version} was restored`,
								'Look at the versions of the file in DingTalk before you run this again: it would get one more.',
							)
						: error,
			);
			const { dentryUuid: uuid, dentryId: id, spaceId } = file;
			const webUrl = webLink(client.credentials, uuid);
			return { json: { uuid, id, spaceId, restoredVersion: version, webUrl } };
		},
	};
	return [job];
}
