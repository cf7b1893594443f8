import type { Field } from '../../core/fields';
import { newId } from '../../core/ids';
import { splitName } from '../../core/names';
import { invalid, notFound, PdsError } from '../errors';
import { checkFields } from '../fields';
import type { StateHashName } from '../hash/hash-state';
import { RunningSums } from '../hash/running-sums';
import { SEED } from '../seed';
import type { Entry, FileFields, Upload, World } from '../world';
import { driveIn, type Endpoint, PLACE_FIELDS } from './endpoint';
import { askedParts, partInfos } from './parts';

const MAX_NAME_BYTES = 1024;
const MAX_DESCRIPTION = 1024;
const MAX_USER_TAGS = 1000;

const FIELDS: Record<string, Field> = {
	...PLACE_FIELDS,
	domain_id: { type: 'string' },
	name: { type: 'string', required: true },
	type: { type: 'string', required: true, oneOf: ['file', 'folder'] },
	parent_file_id: { type: 'string', required: true },
	size: { type: 'number' },
	content_type: { type: 'string' },
	part_info_list: { type: 'array' },
	content_hash: { type: 'string' },
	content_hash_name: { type: 'string', oneOf: ['sha1', 'sha256'] },
	pre_hash: { type: 'string' },
	check_name_mode: { type: 'string', oneOf: ['ignore', 'auto_rename', 'refuse'] },
	parallel_upload: { type: 'boolean' },
	file_id: { type: 'string' },
	hidden: { type: 'boolean' },
	description: { type: 'string' },
	user_tags: { type: 'array' },
	local_created_at: { type: 'string' },
	local_modified_at: { type: 'string' },
};

type Fields = Record<string, unknown>;

function checkValues(world: World, driveId: string, fields: Fields): void {
	const { name, parent_file_id: parent, description, user_tags: tags } = fields;
	if (Buffer.byteLength(String(name)) > MAX_NAME_BYTES || String(name).includes('/')) {
		throw invalid('name');
	}
	world.checkFolder(driveId, parent);
	if (String(description ?? '').length > MAX_DESCRIPTION)
		throw invalid('description', 'OutOfRange');
	if (((tags as unknown[]) ?? []).length > MAX_USER_TAGS) throw invalid('user_tags', 'OutOfRange');
	if (fields.parallel_upload === true && !world.settings.parallelAllowed) {
		throw invalid('parallel_upload', 'NotSupported');
	}
	for (const hash of ['pre_hash', 'content_hash'] as const) {
		if (fields[hash] === undefined) continue;
		if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(String(fields[hash]))) throw invalid(hash);
		if (fields.size === undefined) throw invalid('size', 'Missing');
	}
}

/** `report.pdf` → `report_20260131_235959.pdf`; where the extension goes is UNCONFIRMED. */
function renamed(world: World, driveId: string, parent: string, name: string): string {
	const { stem, extension } = splitName(name);
	const time = world
		.timestamp()
		.replace(/^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+).*$/, '$1$2$3_$4$5$6');
	let candidate = `${stem}_${time}`;
	const full = () => `${candidate}${extension && `.${extension}`}`;
	while (world.named(driveId, parent, full()).length > 0) candidate += '_1';
	return full();
}

/** The file to be made, or the one that stands in its way under `refuse`. */
function fileFor(world: World, driveId: string, fields: Fields): FileFields | { existing: Entry } {
	const { name, parent_file_id: parent, check_name_mode: mode } = fields as Record<string, string>;
	const old = fields.file_id === undefined ? undefined : world.entries.get(String(fields.file_id));
	if (fields.file_id !== undefined && old?.type !== 'file') throw notFound('File');
	// A new version of a file is not in its own way.
	const [taken] = old ? [] : world.named(driveId, parent, name);
	if (taken && mode === 'refuse') return { existing: taken };
	const { local_created_at: createdAt, local_modified_at: modifiedAt } = fields as Record<
		string,
		string
	>;
	return {
		fileId: old?.fileId ?? newId(40).toLowerCase(),
		driveId,
		parentFileId: parent,
		name: taken && mode === 'auto_rename' ? renamed(world, driveId, parent, name) : name,
		contentType: String(fields.content_type ?? ''),
		hidden: fields.hidden === true,
		description: String(fields.description ?? ''),
		userTags: (fields.user_tags as unknown[]) ?? [],
		...(createdAt !== undefined && { localCreatedAt: createdAt }),
		...(modifiedAt !== undefined && { localModifiedAt: modifiedAt }),
	};
}

/** A file with the content that is described, if the service has one. */
function known(world: World, hash: 'preHash' | StateHashName, value: string, size: unknown) {
	const wanted = value.toLowerCase();
	return [...world.entries.values()].find(
		(entry) => entry.type === 'file' && entry[hash] === wanted && entry.size === size,
	);
}

function answerFor(file: FileFields, more: Fields): Fields {
	return {
		domain_id: SEED.domainId,
		drive_id: file.driveId,
		file_id: file.fileId,
		file_name: file.name,
		parent_file_id: file.parentFileId,
		...more,
	};
}

function addEntry(world: World, entry: Omit<Entry, 'revision' | 'createdAt' | 'updatedAt'>): void {
	const old = world.entries.get(entry.fileId);
	const updatedAt = world.timestamp();
	const createdAt = old?.createdAt ?? updatedAt;
	const revision = (old?.revision ?? 0) + 1;
	world.entries.set(entry.fileId, { ...entry, revision, createdAt, updatedAt });
}

/** Ends an upload well: its file is there from now on, in its first or its next version. */
export function finish(
	world: World,
	upload: Pick<Upload, 'uploadId' | 'file' | 'hashName'>,
	content: Pick<
		Entry,
		'size' | 'md5' | 'sha1' | 'sha256' | 'crc64' | 'preHash' | 'bytes' | 'rapid'
	>,
): Entry {
	const { file, uploadId, hashName } = upload;
	addEntry(world, { ...file, ...content, type: 'file', contentHashName: hashName });
	world.uploads.delete(uploadId);
	world.ended.set(uploadId, file.fileId);
	return world.entries.get(file.fileId) as Entry;
}

function createFolder(world: World, file: FileFields): Fields {
	const nothing = { size: 0, md5: '', sha1: '', sha256: '', crc64: '', preHash: '', rapid: false };
	addEntry(world, { ...file, ...nothing, type: 'folder', contentHashName: 'sha1' });
	return answerFor(file, { type: 'folder', exist: false, status: 'available' });
}

function rapidUpload(world: World, upload: Upload, fields: Fields): Fields | undefined {
	const { size, pre_hash: preHash } = fields;
	if (upload.contentHash !== undefined) {
		const same = known(world, upload.hashName, upload.contentHash, size);
		if (!same) return undefined;
		const { md5, sha1, sha256, crc64, preHash, bytes } = same;
		const content = { size: same.size, md5, sha1, sha256, crc64, preHash, rapid: true };
		finish(world, upload, { ...content, ...(bytes && { bytes }) });
		const { uploadId } = upload;
		const state = { status: 'available', exist: false, rapid_upload: true };
		return answerFor(upload.file, { type: 'file', upload_id: uploadId, ...state });
	}
	if (preHash === undefined || !known(world, 'preHash', String(preHash), size)) return undefined;
	throw new PdsError(409, 'PreHashMatched', 'Pre hash matched.');
}

/** The first call of an upload: a file, and addresses to put its parts to. */
export const createEndpoint: Endpoint = {
	name: 'createFile',
	path: '/v2/file/create',
	handle({ world, body }) {
		const fields = checkFields(body, FIELDS);
		const driveId = driveIn(fields);
		checkValues(world, driveId, fields);
		const parts = askedParts(world, fields.part_info_list ?? [{ part_number: 1 }]);
		const file = fileFor(world, driveId, fields);
		if ('existing' in file) {
			const { existing } = file;
			return answerFor(existing, { type: existing.type, exist: true, status: 'available' });
		}
		if (fields.type === 'folder') return createFolder(world, file);
		const upload: Upload = {
			uploadId: newId(32).toUpperCase(),
			file,
			key: `${SEED.bucketFolder}/${newId(40).toLowerCase()}`,
			createdAt: world.timestamp(),
			parallel: fields.parallel_upload === true,
			hashName: (fields.content_hash_name ?? 'sha1') as StateHashName,
			...(fields.size !== undefined && { size: fields.size as number }),
			...(fields.content_hash !== undefined && { contentHash: String(fields.content_hash) }),
			asked: new Map(),
			parts: new Map(),
			sums: RunningSums.begin(world.settings.hashes),
		};
		const rapid = rapidUpload(world, upload, fields);
		if (rapid) return rapid;
		const infos = partInfos(world, upload, parts);
		world.uploads.set(upload.uploadId, upload);
		return answerFor(file, {
			type: 'file',
			status: 'uploading',
			upload_id: upload.uploadId,
			exist: false,
			rapid_upload: false,
			part_info_list: infos,
		});
	},
};
