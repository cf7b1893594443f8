import { tryToParseDateTime, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { choices, readOption } from '../../shared/parameter';
import type { SearchRequest } from '../api/search-dentries';

const kindsOption = choices({
	displayName: 'Kinds',
	name: 'kinds',
	type: 'multiOptions',
	default: [],
	description: 'Which kinds of files to find. Leave empty for all.',
	options: [
		{ name: 'Archive', value: 'ARCHIVE' },
		{ name: 'Audio', value: 'AUDIO' },
		{ name: 'Document File', value: 'DOCUMENT', description: 'Word, Excel, PDF and the like' },
		{ name: 'Image', value: 'IMAGE' },
		{
			name: 'Online Document',
			value: 'ALI_DOC',
			description: 'Online documents, spreadsheets, AI tables and the like',
		},
		{ name: 'Other', value: 'OTHER' },
		{ name: 'Shortcut', value: 'SHORTCUT' },
		{ name: 'Video', value: 'VIDEO' },
	],
});

const createdAfterField: INodeProperties = {
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	description: 'Find only what was created at this time or later',
};

const createdBeforeField: INodeProperties = {
	displayName: 'Created Before',
	name: 'createdBefore',
	type: 'dateTime',
	default: '',
	description: 'Find only what was created at this time or earlier',
};

/** The options of a search. */
export const searchOptionFields = [kindsOption.field, createdAfterField, createdBeforeField];

/**
 * Reads the options of a search.
 *
 * @param timezone of the workflow, for times that tell none
 * @throws {UploadError} for a value that is no time, and for a time span that ends before it begins
 */
export function readSearchOptions(
	options: IDataObject,
	timezone: string,
): Pick<SearchRequest, 'categories' | 'created'> {
	const kinds = readOption(options, kindsOption);
	const startTime = timeIn(options, createdAfterField, timezone);
	const endTime = timeIn(options, createdBeforeField, timezone);
	if (startTime !== undefined && endTime !== undefined && startTime > endTime) {
		throw badInput(
			'"Created Before" is earlier than "Created After"',
			'Nothing was created in such a time span. Correct one of the two times.',
		);
	}
	const isLimited = startTime !== undefined || endTime !== undefined;
	return {
		categories: kinds.length > 0 ? kinds : undefined,
		created: isLimited ? { startTime, endTime } : undefined,
	};
}

/** Returns milliseconds since 1970. */
function timeIn(
	options: IDataObject,
	{ name, displayName }: INodeProperties,
	timezone: string,
): number | undefined {
	const given: unknown = options[name];
	if (given === undefined || given === null || given === '') return undefined;
	const time = typeof given === 'number' ? given : parsed(given, timezone);
	if (Number.isSafeInteger(time) && time >= 0) return time;
	throw badInput(
		`"${displayName}" is not a time`,
		'Choose a date, or let the expression return one, e.g. 2026-01-31T08:00:00Z.',
	);
}

function parsed(given: unknown, timezone: string): number {
	try {
		return tryToParseDateTime(given, timezone).toMillis();
	} catch {
		return NaN;
	}
}
