import { ApiError, paramError } from '../errors';
import type { Field } from '../../core/fields';
import { checkFields } from '../fields';
import { CONVERSION_TARGETS, convertedExtension, MAX_CONVERTIBLE_BYTES } from '../formats';
import { splitName } from '../../core/names';
import { freeName, storedName } from '../names';
import { SEED } from '../seed';
import { childNamed, type Entry } from '../tree';
import type { AppProperty, StoredBytes } from '../types';
import { dentryView } from '../views';
import { type ApiCall, type Endpoint, operatorIn } from './endpoint';
import { parentOf } from './upload';

/** What to do when the name is taken. */
export const CONFLICT_STRATEGIES = [
	'AUTO_RENAME',
	'OVERWRITE',
	'RETURN_DENTRY_IF_EXISTS',
	'RETURN_ERROR_IF_EXISTS',
] as const;

const MAX_APP_PROPERTIES = 3;

const text = { type: 'string', required: true } as const;

const OPTION_FIELDS: Record<string, Field> = {
	size: { type: 'number' },
	conflictStrategy: { type: 'string', oneOf: CONFLICT_STRATEGIES, ownCode: true },
	appProperties: { type: 'array' },
	convertToOnlineDoc: { type: 'boolean' },
	// Not on the official page but in its SDK.
	convertToOnlineDocTargetDocumentType: { type: 'string', oneOf: CONVERSION_TARGETS },
	// Newer than the official page this service follows; accepted and ignored.
	classificationLabelId: { type: 'string' },
};

function appPropertiesOf(given: unknown): AppProperty[] {
	const list = (given as unknown[] | undefined) ?? [];
	if (list.length > MAX_APP_PROPERTIES) throw paramError('at most 3 appProperties');
	const properties = list.map((one) => {
		const visibility = { ...text, oneOf: ['PUBLIC', 'PRIVATE'] };
		const fields = { name: text, value: { type: 'string' }, visibility } as const;
		const property = checkFields(one, fields, 'option.appProperties[]');
		return { value: '', ...property } as AppProperty;
	});
	if (new Set(properties.map((property) => property.name)).size < properties.length) {
		throw paramError('appProperties names must be unique');
	}
	return properties;
}

function convertedName(name: string, size: number, target: string | undefined): string {
	const { stem, extension } = splitName(name);
	const converted = convertedExtension(extension, target);
	if (!converted || size > MAX_CONVERTIBLE_BYTES) {
		throw new ApiError(400, 'dentryFormatNotSupport', '不支持的文件格式');
	}
	return `${stem}.${converted}`;
}

/** The bytes behind an upload key: for this parent, and there already. */
function uploadedBytes({ world }: ApiCall, uploadKey: unknown, parent: Entry): StoredBytes {
	const upload = world.uploads.get(String(uploadKey));
	const { now, uploadKeyLifeSeconds } = world.settings;
	const isAlive = upload && now() < upload.at + uploadKeyLifeSeconds * 1000;
	// How a key that has ended is refused is UNCONFIRMED.
	if (!isAlive || upload.parent !== parent) throw paramError('unknown uploadKey', 'uploadKey');
	const object = world.objects.get(upload.key);
	if (!object) throw new ApiError(400, 'dentryStoreError', '文件存储错误');
	// A copy: another PUT to the same place must not change a committed file.
	const { size, md5, sha256, crc64, bytes } = object;
	return { size, md5, sha256, crc64, ...(bytes && { bytes }) };
}

/** Step 3 of an upload: the bytes become a file. */
export const commitEndpoint: Endpoint = {
	name: 'commit',
	method: 'POST',
	path: '/v2.0/storage/spaces/files/:parentDentryUuid/commit',
	access: 'header',
	scope: 'Storage.File.Write',
	handle(call) {
		const given = checkFields(call.body, {
			uploadKey: { ...text, ownCode: true },
			name: { ...text, ownCode: true },
			option: { type: 'object' },
		});
		const unionId = operatorIn(call, 'unionId');
		const options = checkFields(given.option ?? {}, OPTION_FIELDS, 'option');
		const appProperties = appPropertiesOf(options.appProperties);
		const parent = parentOf(call, unionId);
		const stored = uploadedBytes(call, given.uploadKey, parent);
		if (options.size !== undefined && options.size !== stored.size) {
			// "A mismatch causes an error", says the page, and not which one: UNCONFIRMED.
			throw new ApiError(400, 'dentryStoreError', '文件大小不一致');
		}
		let name = storedName(String(given.name));
		if (name === undefined) throw new ApiError(400, 'dentryNameIllegal', '文件名不合法');
		const convert = options.convertToOnlineDoc === true;
		if (convert) {
			const target = options.convertToOnlineDocTargetDocumentType as string | undefined;
			name = convertedName(name, stored.size, target);
		}
		// An upload key stays good after its first use, for one live account never showed
		// otherwise (UNCONFIRMED). So a commit sent twice makes a second file under AUTO_RENAME:
		// the worst a client can meet, and what it must not do.
		const now = call.world.settings.now();
		const content = {
			stored,
			size: stored.size,
			modifierId: unionId,
			modifiedAt: now,
			storageDriver: convert ? ('ALIDOC' as const) : ('DINGTALK' as const),
			appProperties: appProperties.length > 0 ? { [SEED.corpId]: appProperties } : {},
		};
		const existing = childNamed(parent, name);
		if (existing) {
			switch (options.conflictStrategy) {
				case 'RETURN_ERROR_IF_EXISTS':
					throw new ApiError(400, 'dentryNameConflict', '文件名冲突');
				case 'RETURN_DENTRY_IF_EXISTS':
					return { dentry: dentryView(existing) };
				case 'OVERWRITE':
					if (existing.type === 'FOLDER') {
						throw new ApiError(400, 'dentryNameConflict', '文件名冲突');
					}
					existing.earlier.push({ version: existing.version, stored: existing.stored });
					// That uuid is kept and version goes up is UNCONFIRMED.
					Object.assign(existing, content, { version: existing.version + 1 });
					return { dentry: dentryView(existing) };
				default:
					name = freeName(name, (candidate) => childNamed(parent, candidate) !== undefined);
			}
		}
		const entry = call.world.tree.add({
			workspace: parent.workspace,
			parent,
			type: 'FILE',
			name,
			creatorId: unionId,
			createdAt: now,
			...content,
		});
		return { dentry: dentryView(entry) };
	},
};
