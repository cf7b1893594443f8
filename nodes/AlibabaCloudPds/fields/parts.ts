import type { INodeProperties } from 'n8n-workflow';

const CONTEXT = 'The state of the hash after all bytes before this part; for parallel uploads only';

export const partsField: INodeProperties = {
	displayName: 'Parts',
	name: 'parts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: { part: [{ partNumber: 1 }] },
	placeholder: 'Add Part',
	description: 'The parts to get addresses for',
	options: [
		{
			displayName: 'Part',
			name: 'part',
			values: [
				{
					displayName: 'Content MD5',
					name: 'contentMd5',
					type: 'string',
					default: '',
					description: 'MD5 of the part; the address is then good for these bytes only',
				},
				{
					displayName: 'Content Type',
					name: 'contentType',
					type: 'string',
					default: '',
					description: 'The content type that the PUT of the part will carry; leave empty for none',
				},
				{
					displayName: 'Part Number',
					name: 'partNumber',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10000 },
					default: 1,
					description: 'The first part is 1',
				},
				{
					displayName: 'SHA-1 Context',
					name: 'parallelSha1Ctx',
					type: 'json',
					default: '',
					placeholder: 'e.g. { "h": [1, 2, 3, 4, 5], "part_offset": 10240 }',
					description: CONTEXT,
				},
				{
					displayName: 'SHA-256 Context',
					name: 'parallelSha256Ctx',
					type: 'json',
					default: '',
					placeholder: 'e.g. { "h": [1, 2, 3, 4, 5, 6, 7, 8], "part_offset": 10240 }',
					description: CONTEXT,
				},
			],
		},
	],
};

/** n8n drops an expression in the place of a whole fixed collection, so lists come in by this. */
export const partInfoListOption: INodeProperties = {
	displayName: 'Part Info List',
	name: 'partInfoList',
	type: 'json',
	default: '',
	placeholder: 'e.g. [{ "part_number": 1 }, { "part_number": 2 }]',
	description:
		'The parts as the array part_info_list of the API, used instead of Parts: part_number, content_md5, content_type, parallel_sha1_ctx, parallel_sha256_ctx',
};
