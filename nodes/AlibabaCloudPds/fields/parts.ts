import type { INodeProperties } from 'n8n-workflow';

const numberField: INodeProperties = {
	displayName: 'Part Number',
	name: 'partNumber',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10000 },
	default: 1,
	description: 'The first part is 1',
};

const HASH_STATE =
	'For parallel uploads only: the state of the hash after all bytes before this part, as JSON';

/** What a part may need besides its number. */
const detailFields: INodeProperties[] = [
	{
		displayName: 'Content MD5',
		name: 'contentMd5',
		type: 'string',
		default: '',
		placeholder: 'e.g. XrY7u+Ae7tCTyyK7j1rNww==',
		description: 'MD5 of the part in Base64; the URL then takes these bytes only',
	},
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/octet-stream',
		description: 'The Content-Type header that the PUT will have; leave empty to send none',
	},
	{
		displayName: 'SHA-1 Context',
		name: 'parallelSha1Ctx',
		type: 'string',
		default: '',
		placeholder: 'e.g. {"h": [1, 2, 3, 4, 5], "part_offset": 10240}',
		description: HASH_STATE,
	},
	{
		displayName: 'SHA-256 Context',
		name: 'parallelSha256Ctx',
		type: 'string',
		default: '',
		placeholder: 'e.g. {"h": [1, 2, 3, 4, 5, 6, 7, 8], "part_offset": 10240}',
		description: HASH_STATE,
	},
];

export const partsField: INodeProperties = {
	displayName: 'Parts',
	name: 'parts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: { part: [{ partNumber: 1 }] },
	placeholder: 'Add Part',
	description: 'The parts to get upload URLs for',
	options: [{ displayName: 'Part', name: 'part', values: [numberField, ...detailFields] }],
};

/** n8n drops an expression in the place of a whole fixed collection, so lists come in by this. */
export const partInfoListOption: INodeProperties = {
	displayName: 'Part Info List',
	name: 'partInfoList',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. [{"part_number": 1}, {"part_number": 2}]',
	description:
		'The parts as the array part_info_list of the API (JSON, or an expression), used instead of Parts: part_number, content_md5, content_type, parallel_sha1_ctx, parallel_sha256_ctx',
};
