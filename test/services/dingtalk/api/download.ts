import { Digest } from '../../core/oss/digest';
import type { StoredContent } from '../../core/oss/give';
import { signedHeaders } from '../../core/oss/signature';
import type { StoredBytes } from '../../core/types';
import { ApiError, paramError } from '../errors';
import { checkFields } from '../fields';
import type { Entry } from '../tree';
import type { World } from '../world';
import { DENTRIES, entryIn, spaceIn } from './dentries';
import { type Endpoint, isNumericId, operatorIn } from './endpoint';

/** The bytes of a file that nobody has uploaded: its name, as often as its size needs. */
function seededBytes({ name, size }: Entry): Buffer {
	return Buffer.alloc(size, name);
}

async function contentOf(entry: Entry, stored: StoredBytes | undefined): Promise<StoredContent> {
	const { modifiedAt } = entry;
	if (stored) {
		const { size, md5, crc64, bytes } = stored;
		if (!bytes && size > 0) throw new Error('Files are given out only with the option keepBytes');
		return { size, md5, crc64, bytes: bytes ?? Buffer.alloc(0), modifiedAt };
	}
	const bytes = seededBytes(entry);
	const digest = await Digest.begin(['md5', 'crc64']);
	digest.update(bytes);
	return { ...digest.finish(), bytes, modifiedAt };
}

/** Opens the place in the bucket where a version of a file is, as long as the file is there. */
function open(world: World, entry: Entry, wanted: number): string {
	const known = [...(entry.earlier ?? []), { version: entry.version, stored: entry.stored }];
	const found = known.find(({ version }) => version === wanted);
	// How an unknown version is refused is UNCONFIRMED.
	if (!found) throw paramError('option.version is not a version of the file');
	const key = `yundisk0/${entry.uuid}-${found.version}.file`;
	world.downloads.set(key, async () => await contentOf(entry, found.stored));
	return key;
}

/** The way to the bytes of a file: an address in the bucket and the headers that open it. */
export const downloadInfoEndpoint: Endpoint = {
	name: 'downloadInfo',
	method: 'POST',
	path: `${DENTRIES}/:dentryId/downloadInfos/query`,
	access: 'header',
	scope: 'Storage.DownloadInfo.Read',
	internalOnly: true,
	handle(call) {
		const { world, params } = call;
		const unionId = operatorIn(call, 'unionId');
		const { option = {} } = checkFields(call.body, { option: { type: 'object' } });
		const { version } = checkFields(
			option,
			{ version: { type: 'number' }, preferIntranet: { type: 'boolean' } },
			'option',
		);
		for (const name of ['spaceId', 'dentryId']) {
			if (!isNumericId(params[name])) throw paramError(`${name} is not a number`, name);
		}
		const entry = entryIn(call, spaceIn(call, unionId, 'read'), params.dentryId);
		if (entry.type === 'FOLDER' || entry.storageDriver === 'ALIDOC') {
			throw new ApiError(400, 'operationNotSupported', '文件不支持下载');
		}
		const key = open(world, entry, typeof version === 'number' ? version : entry.version);
		return {
			protocol: 'HEADER_SIGNATURE',
			headerSignatureInfo: {
				resourceUrls: [`${world.ossUrl}/${key}`],
				headers: signedHeaders('GET', key, world.settings.now()),
				expirationSeconds: world.settings.signatureLifeSeconds,
				region: 'ZHANGJIAKOU',
				internalResourceUrls: [],
			},
		};
	},
};
