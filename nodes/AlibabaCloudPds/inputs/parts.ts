import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { text as textOf } from '../../shared/decode';
import { badInput } from '../../shared/errors';
import { defined } from '../../shared/json';
import { json, number, required, text, type Parameter } from '../../shared/parameter';
import { MAX_PARTS, type HashState, type PartRequest } from '../api/upload-part';

/** Block size of SHA-1 and SHA-256 in bytes. */
const BLOCK = 64;

/** Number of chaining words of each hash. */
const WORDS = { parallel_sha1_ctx: 5, parallel_sha256_ctx: 8 };

type ContextName = keyof typeof WORDS;

const WHOLE_NUMBERS = `Part numbers are whole numbers from 1 to ${MAX_PARTS}.`;

const partNumber = required(
	number(
		{
			displayName: 'Part Number',
			name: 'partNumber',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_PARTS },
			default: 1,
			description: 'The number of the part, starting at 1',
		},
		(given) => badInput(`"${given}" is not a part number`, WHOLE_NUMBERS),
	),
	'"undefined" is not a part number',
	WHOLE_NUMBERS,
);

const contentMd5 = text({
	displayName: 'Content MD5',
	name: 'contentMd5',
	type: 'string',
	default: '',
	placeholder: 'e.g. XrY7u+Ae7tCTyyK7j1rNww==',
	description: 'Base64-encoded MD5 of the part; the URL then accepts only these bytes',
});

const contentType = text({
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. application/octet-stream',
	description: 'The Content-Type header that the PUT request will have; leave empty for none',
});

const HASH_STATE =
	'For parallel uploads only: the state of the hash after all bytes before this part, as JSON';

const CONTEXTS: Record<ContextName, INodeProperties> = {
	parallel_sha1_ctx: {
		displayName: 'SHA-1 Context',
		name: 'parallelSha1Ctx',
		type: 'string',
		default: '',
		placeholder: 'e.g. {"h": [1, 2, 3, 4, 5], "part_offset": 10240}',
		description: HASH_STATE,
	},
	parallel_sha256_ctx: {
		displayName: 'SHA-256 Context',
		name: 'parallelSha256Ctx',
		type: 'string',
		default: '',
		placeholder: 'e.g. {"h": [1, 2, 3, 4, 5, 6, 7, 8], "part_offset": 10240}',
		description: HASH_STATE,
	},
};

const PART_FIELDS = [
	partNumber.field,
	contentMd5.field,
	contentType.field,
	CONTEXTS.parallel_sha1_ctx,
	CONTEXTS.parallel_sha256_ctx,
];

export const partsParameter: Parameter<PartRequest[]> = {
	field: {
		displayName: 'Parts',
		name: 'parts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: { part: [{ partNumber: 1 }] },
		placeholder: 'Add Part',
		description: 'The parts to get upload URLs for',
		options: [{ displayName: 'Part', name: 'part', values: PART_FIELDS }],
	},
	read: readParts,
};

/** n8n drops an expression in place of a whole fixed collection, so lists need this option. */
export const partInfoListOption = json(
	{
		displayName: 'Part Info List',
		name: 'partInfoList',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. [{"part_number": 1}, {"part_number": 2}]',
		description:
			'The array part_info_list of the API (JSON or an expression), used instead of Parts: part_number, content_md5, content_type, parallel_sha1_ctx, parallel_sha256_ctx',
	},
	() =>
		badInput(
			'The text in "Part Info List" is not JSON',
			'Enter an array such as [{"part_number": 1}], or an expression that returns one.',
		),
);

/**
 * Reads the parts to get upload URLs for: from the fields of the node, or from an array as in the
 * API documentation.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getuploadurl
 * @throws {UploadError} that names the part and what is wrong with it
 */
export function readParts(given: unknown): PartRequest[] {
	const parts = listOf(given).map(readPart);
	if (parts.length === 0) {
		throw badInput('No part is given', 'Add the parts to upload, starting at number 1.');
	}
	const numbers = parts.map(({ part_number }) => part_number);
	const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
	if (twice) throw badInput(`Part ${twice} is given twice`, 'Enter each part only once.');
	return parts;
}

function listOf(given: unknown): IDataObject[] {
	const value = partInfoListOption.read(given);
	if (Array.isArray(value)) return value as IDataObject[];
	const { part, part_info_list: list } = (value ?? {}) as IDataObject;
	return [part ?? list ?? []].flat() as IDataObject[];
}

function readPart(given: IDataObject): PartRequest {
	const field = (camel: string, snake: string) => given?.[snake] ?? given?.[camel];
	const part_number = partNumber.read(field('partNumber', 'part_number'));
	const state = (camel: string, snake: ContextName) =>
		readState(field(camel, snake), snake, part_number);
	return defined({
		part_number,
		content_md5: contentMd5.read(field('contentMd5', 'content_md5')),
		content_type: contentType.read(field('contentType', 'content_type')),
		parallel_sha1_ctx: state('parallelSha1Ctx', 'parallel_sha1_ctx'),
		parallel_sha256_ctx: state('parallelSha256Ctx', 'parallel_sha256_ctx'),
	}) as unknown as PartRequest;
}

function readState(given: unknown, name: ContextName, part: number): HashState | undefined {
	const wrong = (why: string) =>
		badInput(
			`The "${CONTEXTS[name].displayName}" of part ${part} is not valid: ${why}`,
			`It is the state of the hash after all bytes before the part: {"h": [${WORDS[name]} unsigned 32-bit numbers], "part_offset": bytes}.`,
		);
	const value = json(CONTEXTS[name], () => wrong('it is not JSON')).read(given);
	if (value === undefined) return undefined;
	const { h, part_offset: offset } = (value ?? {}) as Partial<HashState>;
	if (!Array.isArray(h)) throw wrong('"h" is not a list of numbers');
	if (!isOffset(offset)) throw wrong(`"part_offset" is not a multiple of ${BLOCK}`);
	const foreign = h.find((word) => !isUnsigned32(word));
	if (foreign !== undefined) {
		throw wrong(`${textOf(foreign) ?? typeof foreign} in "h" is not an unsigned 32-bit number`);
	}
	// Before the first byte there is no state yet.
	const empty = h.length === 0 && offset === 0;
	if (!empty && h.length !== WORDS[name]) throw wrong(`"h" has ${h.length} numbers`);
	return { h, part_offset: offset };
}

function isOffset(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) % BLOCK === 0;
}

function isUnsigned32(value: unknown): value is number {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
}
