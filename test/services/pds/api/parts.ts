import type { Field } from '../../core/fields';
import { checkFields } from '../fields';
import { PdsError, invalid, notFound } from '../errors';
import { BLOCK_BYTES, type HashContext, type StateHashName, wordsOf } from '../hash/hash-state';
import { internalAddress, partAddress } from '../oss/address';
import { SEED } from '../seed';
import type { Upload, World } from '../world';
import { driveIn, type Endpoint, PLACE_FIELDS, uploadIn } from './endpoint';

/** Parts of an upload at most, and so the highest part number. */
export const MAX_PARTS = 10_000;

const MAX_LISTED = 100;
const MAX_WORD = 0xffffffff;

const id = { type: 'string', required: true } as const;

const PART_FIELDS: Record<string, Field> = {
	part_number: { type: 'number', required: true },
	content_md5: { type: 'string' },
	content_type: { type: 'string' },
	parallel_sha1_ctx: { type: 'object' },
	parallel_sha256_ctx: { type: 'object' },
	// The official JS SDK's notes on a part, which it sends along.
	part_size: { type: 'number' },
	from: { type: 'number' },
	to: { type: 'number' },
};

/** A part whose address is asked for. */
export interface AskedPart {
	partNumber: number;
	contentType: string;
	contentMd5: string;
	contexts: Partial<Record<StateHashName, HashContext>>;
}

function isWord(value: unknown): boolean {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_WORD;
}

/** The state before a part, well formed: no words before the first part, all of them after it. */
function contextIn(
	part: Record<string, unknown>,
	name: StateHashName,
	partNumber: number,
): HashContext | undefined {
	const field = `parallel_${name}_ctx`;
	if (part[field] === undefined) return undefined;
	const context = checkFields(
		part[field],
		{ h: { type: 'array', required: true }, part_offset: { type: 'number', required: true } },
		field,
	);
	const h = context.h as unknown[];
	const offset = context.part_offset as number;
	if (!h.every(isWord)) throw invalid(field, '', 'h must be unsigned 32-bit integers.');
	if (offset % BLOCK_BYTES !== 0 || (offset === 0) !== (partNumber === 1)) {
		throw invalid(field, '', 'part_offset must be a multiple of 64, and 0 for part 1 only.');
	}
	const words = offset === 0 ? 0 : wordsOf(name);
	if (h.length !== words) throw invalid(field, '', `h must be ${words} integers.`);
	return { h: h as number[], part_offset: offset };
}

/** Reads a `part_info_list`, as far as it can be judged without knowing the upload. */
export function askedParts(world: World, list: unknown): AskedPart[] {
	if (!Array.isArray(list) || list.length === 0) throw invalid('part_info_list', 'Empty');
	if (list.length > Math.min(MAX_PARTS, world.settings.maxPartsPerUrlCall)) {
		throw invalid('part_info_list', 'OutOfRange');
	}
	const parts = list.map((one) => {
		const part = checkFields(one, PART_FIELDS, 'part_info_list[]');
		const partNumber = part.part_number as number;
		if (partNumber < 1 || partNumber > MAX_PARTS) throw invalid('part_number', 'OutOfRange');
		const sha1 = contextIn(part, 'sha1', partNumber);
		const sha256 = contextIn(part, 'sha256', partNumber);
		return {
			partNumber,
			contentType: String(part.content_type ?? ''),
			contentMd5: String(part.content_md5 ?? ''),
			contexts: { ...(sha1 && { sha1 }), ...(sha256 && { sha256 }) },
		};
	});
	if (new Set(parts.map((part) => part.partNumber)).size < parts.length) {
		throw invalid('part_number', '', 'It is there twice.');
	}
	return parts;
}

/**
 * In parallel mode each part needs the state before it. That the live service refuses a part
 * without one at this point is UNCONFIRMED; it cannot do without it later.
 */
function contextOf(upload: Upload, part: AskedPart): HashContext | undefined {
	if (!upload.parallel) return undefined;
	const context = part.contexts[upload.hashName];
	if (context) return context;
	if (part.partNumber > 1) throw invalid(`parallel_${upload.hashName}_ctx`, 'Missing');
	return { h: [], part_offset: 0 };
}

/** Gives out the addresses of these parts. */
export function partInfos(world: World, upload: Upload, parts: AskedPart[]): unknown[] {
	const contexts = parts.map((part) => contextOf(upload, part));
	return parts.map((part, index) => {
		upload.asked.set(part.partNumber, contexts[index]);
		const address = partAddress(world, upload, part);
		return {
			part_number: part.partNumber,
			upload_url: address,
			internal_upload_url: internalAddress(address),
			content_type: part.contentType,
			upload_form_info: null,
			internal_upload_form_info: null,
			...(part.contexts.sha1 && { parallel_sha1_ctx: part.contexts.sha1 }),
			...(part.contexts.sha256 && { parallel_sha256_ctx: part.contexts.sha256 }),
		};
	});
}

/** Addresses for parts of an upload, new or again. */
export const getUploadUrlEndpoint: Endpoint = {
	name: 'getUploadUrl',
	path: '/v2/file/get_upload_url',
	handle({ world, body }) {
		const fields = checkFields(body, {
			...PLACE_FIELDS,
			file_id: id,
			upload_id: id,
			part_info_list: { type: 'array', required: true },
		});
		const driveId = driveIn(fields);
		const parts = askedParts(world, fields.part_info_list);
		const upload = uploadIn(world, fields);
		if (!upload) {
			if (world.ended.get(String(fields.upload_id)) !== fields.file_id) throw notFound('UploadId');
			throw new PdsError(409, 'AlreadyExist.File', 'The resource File has already exists.');
		}
		return {
			domain_id: SEED.domainId,
			drive_id: driveId,
			file_id: upload.file.fileId,
			upload_id: upload.uploadId,
			create_at: upload.createdAt,
			part_info_list: partInfos(world, upload, parts),
		};
	},
};

/** The parts OSS holds of an upload. */
export const listUploadedPartsEndpoint: Endpoint = {
	name: 'listUploadedParts',
	path: '/v2/file/list_uploaded_parts',
	handle({ world, body }) {
		const fields = checkFields(body, {
			...PLACE_FIELDS,
			file_id: id,
			upload_id: id,
			limit: { type: 'number' },
			part_number_marker: { type: 'number' },
		});
		const driveId = driveIn(fields);
		const { limit = MAX_LISTED, part_number_marker: marker = 0 } = fields as Record<string, number>;
		if (limit < 1 || limit > MAX_LISTED) throw invalid('limit', 'OutOfRange');
		const upload = uploadIn(world, fields);
		if (!upload) throw notFound('UploadId');
		const after = [...upload.parts.values()]
			.filter((part) => part.partNumber > marker)
			.sort((a, b) => a.partNumber - b.partNumber);
		const listed = after.slice(0, limit);
		return {
			drive_id: driveId,
			file_id: upload.file.fileId,
			upload_id: upload.uploadId,
			parallel_upload: upload.parallel,
			uploaded_parts: listed.map(({ partNumber, etag, size }) => ({
				content_type: '',
				etag,
				internal_upload_form_info: null,
				internal_upload_url: '',
				part_number: partNumber,
				part_size: size,
				upload_form_info: null,
				upload_url: '',
			})),
			next_part_number_marker:
				listed.length < after.length ? String(listed[listed.length - 1].partNumber) : '',
		};
	},
};
