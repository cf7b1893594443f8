import { invalid, notFound } from '../errors';
import { checkFields } from '../fields';
import { SEED } from '../seed';
import type { Entry, Upload } from '../world';
import { assemble } from './assemble';
import { finish } from './create';
import { driveIn, type Endpoint, PLACE_FIELDS, uploadIn } from './endpoint';

const id = { type: 'string', required: true } as const;

/** Refuses a CRC that is not the file's. A string by the official page, and in the SDK. */
function checkCrc64(given: unknown, actual: string): void {
	if (given === undefined) return;
	if (!/^\d{1,20}$/.test(String(given))) throw invalid('crc64_hash');
	if (actual !== '' && given !== actual) throw invalid('crc64_hash', 'NotMatch');
}

/** The SDK tells the parts and etags again, which no page asks for: if told, they must be right. */
function checkEtags(upload: Upload, list: unknown): void {
	for (const one of (list as unknown[] | undefined) ?? []) {
		const fields = { part_number: { type: 'number', required: true }, etag: id } as const;
		const { part_number: number, etag } = checkFields(one, fields, 'part_info_list[]');
		const bare = upload.parts.get(number as number)?.etag.replaceAll('"', '');
		if (bare !== String(etag).replaceAll('"', '')) throw invalid('etag', 'NotMatch');
	}
}

/** A file as the API shows it; by default `crc64_hash` becomes a number on its way out. */
export function fileView(entry: Entry): Record<string, unknown> {
	const extension = /\.([^.]+)$/.exec(entry.name)?.[1] ?? '';
	return {
		domain_id: SEED.domainId,
		drive_id: entry.driveId,
		file_id: entry.fileId,
		name: entry.name,
		type: entry.type,
		parent_file_id: entry.parentFileId,
		status: 'available',
		hidden: entry.hidden,
		starred: false,
		created_at: entry.createdAt,
		updated_at: entry.updatedAt,
		...(entry.description && { description: entry.description }),
		...(entry.userTags.length > 0 && { user_tags: entry.userTags }),
		...(entry.localCreatedAt && { local_created_at: entry.localCreatedAt }),
		...(entry.localModifiedAt && { local_modified_at: entry.localModifiedAt }),
		...(entry.type === 'file' && {
			size: entry.size,
			content_type: entry.contentType || 'application/oct-stream',
			file_extension: extension,
			revision_id: String(entry.revision),
			content_hash: entry[entry.contentHashName].toUpperCase(),
			content_hash_name: entry.contentHashName,
			...(entry.crc64 && { crc64_hash: entry.crc64 }),
		}),
	};
}

/** The last call of an upload: its parts become the file. */
export const completeEndpoint: Endpoint = {
	name: 'completeFile',
	path: '/v2/file/complete',
	handle({ world, body }) {
		const fields = checkFields(body, {
			...PLACE_FIELDS,
			file_id: id,
			upload_id: id,
			crc64_hash: { type: 'string' },
			part_info_list: { type: 'array' },
		});
		driveIn(fields);
		const upload = uploadIn(world, fields);
		if (!upload) throw notFound('UploadId');
		checkEtags(upload, fields.part_info_list);
		const content = assemble(world, upload);
		checkCrc64(fields.crc64_hash, content.crc64);
		return fileView(finish(world, upload, content));
	},
};

/** A finished file. One whose upload is under way is not found: UNCONFIRMED. */
export const getFileEndpoint: Endpoint = {
	name: 'getFile',
	path: '/v2/file/get',
	handle({ world, body }) {
		const fields = checkFields(body, {
			...PLACE_FIELDS,
			file_id: id,
			fields: { type: 'string' },
			url_expire_sec: { type: 'number' },
		});
		driveIn(fields);
		const entry = world.entries.get(String(fields.file_id));
		if (!entry) throw notFound('File');
		return fileView(entry);
	},
};
