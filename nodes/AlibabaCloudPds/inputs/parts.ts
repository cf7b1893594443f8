import type { IDataObject } from 'n8n-workflow';

import { text } from '../../shared/decode';
import { badInput } from '../../shared/errors';
import { parseJson } from '../../shared/json';
import { readText } from '../../shared/options';
import type { HashState, PartRequest } from '../api/upload-part';

const MOST_PARTS = 10_000;

/** Bytes of a block, of SHA-1 and SHA-256 alike. */
const BLOCK = 64;

/** Chaining words of the hashes. */
const WORDS = { parallel_sha1_ctx: 5, parallel_sha256_ctx: 8 };

const LABELS = { parallel_sha1_ctx: 'SHA-1 Context', parallel_sha256_ctx: 'SHA-256 Context' };

type ContextName = keyof typeof WORDS;

/**
 * The parts to get upload URLs for: the fields of the node, or the array as the official page has it.
 *
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getuploadurl
 * @throws {UploadError} that names the part and what is wrong with it
 */
export function readParts(given: unknown): PartRequest[] {
	const parts = listOf(given).map(readPart);
	if (parts.length === 0) {
		throw badInput('No part is given', 'Add the parts that are to be uploaded, the first is 1.');
	}
	const numbers = parts.map(({ part_number }) => part_number);
	const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
	if (twice) throw badInput(`Part ${twice} is given twice`, 'Ask for each part once.');
	return parts;
}

function listOf(given: unknown): IDataObject[] {
	const value = typeof given === 'string' && given.trim() !== '' ? parseJson(given) : given;
	if (value === undefined && given !== undefined) {
		throw badInput(
			'The text in "Part Info List" is not JSON',
			'Enter an array such as [{"part_number": 1}], or an expression that gives one.',
		);
	}
	if (Array.isArray(value)) return value as IDataObject[];
	const { part, part_info_list: list } = (value ?? {}) as IDataObject;
	return [part ?? list ?? []].flat() as IDataObject[];
}

function readPart(given: IDataObject): PartRequest {
	const field = (camel: string, snake: string) => given?.[snake] ?? given?.[camel];
	const numberGiven = field('partNumber', 'part_number');
	const part_number = Number(text(numberGiven));
	if (!Number.isInteger(part_number) || part_number < 1 || part_number > MOST_PARTS) {
		throw badInput(
			`"${text(numberGiven) ?? typeof numberGiven}" is not a part number`,
			`Parts have whole numbers from 1 to ${MOST_PARTS}.`,
		);
	}
	const state = (camel: string, snake: ContextName) =>
		readState(field(camel, snake), snake, part_number);
	const part: PartRequest = {
		part_number,
		content_md5: readText(field('contentMd5', 'content_md5'), 'Content MD5'),
		content_type: readText(field('contentType', 'content_type'), 'Content Type'),
		parallel_sha1_ctx: state('parallelSha1Ctx', 'parallel_sha1_ctx'),
		parallel_sha256_ctx: state('parallelSha256Ctx', 'parallel_sha256_ctx'),
	};
	return Object.fromEntries(
		Object.entries(part).filter(([, value]) => value !== undefined),
	) as unknown as PartRequest;
}

function readState(given: unknown, name: ContextName, part: number): HashState | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const value = typeof given === 'string' ? parseJson(given) : given;
	const { h, part_offset: offset } = (value ?? {}) as Partial<HashState>;
	const wrong = (why: string) =>
		badInput(
			`The "${LABELS[name]}" of part ${part} is not valid: ${why}`,
			`It is the state of the hash after all bytes before the part: {"h": [${WORDS[name]} unsigned 32-bit numbers], "part_offset": bytes}.`,
		);
	if (value === undefined) throw wrong('it is not JSON');
	if (!Array.isArray(h)) throw wrong('"h" is not a list of numbers');
	if (!isOffset(offset)) throw wrong(`"part_offset" is not a multiple of ${BLOCK}`);
	const foreign = h.find((word) => !isUnsigned32(word));
	if (foreign !== undefined) {
		throw wrong(`${text(foreign) ?? typeof foreign} in "h" is not an unsigned 32-bit number`);
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
