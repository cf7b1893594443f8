import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fromList } from '../../shared/descriptions/locator-modes';
import { having, id, object, string, whole } from '../../shared/decode';
import { readParameter } from '../../shared/parameter';
import type { DingTalkCredentials } from '../api/credentials';
import type { DentryIds } from '../api/dentry';
import { readDentryUuid } from './links';
import { byLink } from './locator-modes';
import { operatorOf, type Operator } from './operator';
import { byUuid, place, type Place } from './places';

/** A file, folder or document that an earlier node has returned, or any other. */
export const fileParameter = place(
	{
		displayName: 'File',
		name: 'file',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.uuid }}' },
		required: true,
		description:
			'The file, folder or document. The default takes the one that the previous node returned.',
		modes: [
			fromList('searchFiles', { searchFilterRequired: true }),
			byLink('e.g. https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQR...'),
			byUuid('Its dentryUuid, also called node ID'),
		],
	},
	readDentryUuid,
);

/** A file as given by an item's parameters. */
export interface FileInput {
	operator: Operator;
	file: Place;
	/** Set when the item itself tells them: it comes from another operation of this node. */
	ids?: DentryIds;
	/** What the item tells of the file, if that includes its name and size. */
	known?: IDataObject & { name: string };
}

/**
 * Reads the parameters `operator` and `file` of an item.
 *
 * @throws {UploadError} for a value that cannot be a file or an operator
 */
export function readFileInput(
	context: IExecuteFunctions,
	itemIndex: number,
	credentials: DingTalkCredentials,
): FileInput {
	const file = readParameter(context, itemIndex, fileParameter);
	const operator = operatorOf(context, itemIndex, credentials);
	const { json } = context.getInputData()[itemIndex];
	return { operator, file, ids: idsIn(json, file), known: knownIn(json, file) };
}

const fileOfItem = having({ uuid: id, name: string, size: whole(0) });

/** Returns the item, provided that it is about the file. */
function knownIn(json: unknown, file: Place): FileInput['known'] {
	const dentry = fileOfItem(json);
	return dentry && 'dentryUuid' in file && dentry.uuid === file.dentryUuid ? dentry : undefined;
}

/** Returns what errors tell about the file: its ID or link. */
export function aboutFile({ file }: Pick<FileInput, 'file'>): IDataObject {
	if ('rootOf' in file) return {};
	return { file: 'dentryUuid' in file ? file.dentryUuid : file.url };
}

const dentryOfItem = object({ uuid: id, id, spaceId: id });

/** Returns the IDs in the item, provided that they are those of the file. */
export function idsIn(json: unknown, file: Place): DentryIds | undefined {
	const dentry = dentryOfItem(json);
	if (!dentry || !('dentryUuid' in file) || dentry.uuid !== file.dentryUuid) return undefined;
	return { spaceId: dentry.spaceId, dentryId: dentry.id };
}
