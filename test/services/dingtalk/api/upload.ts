import { ApiError, paramError } from '../errors';
import type { Field } from '../../core/fields';
import { checkFields } from '../fields';
import { newId } from '../../core/ids';
import { storedName } from '../names';
import { signedHeaders } from '../../core/oss/signature';
import { SEED } from '../seed';
import type { Entry } from '../tree';
import type { World } from '../world';
import { type ApiCall, checkRole, type Endpoint, isNumericId, operatorIn } from './endpoint';

const REGIONS = ['ZHANGJIAKOU', 'SHENZHEN', 'SHANGHAI', 'SINGAPORE', 'UNKNOWN'];

const OPTION_FIELDS: Record<string, Field> = {
	storageDriver: { type: 'string', ownCode: true },
	preCheckParam: { type: 'object' },
	preferRegion: { type: 'string', oneOf: REGIONS },
	preferIntranet: { type: 'boolean' },
};

/** The folder of the path, where the operator may write. */
export function parentOf({ world, params }: ApiCall, unionId: string): Entry {
	const { parentDentryUuid } = params;
	if (isNumericId(parentDentryUuid)) {
		throw paramError('a dentryId is not a dentryUuid', 'parentDentryUuid');
	}
	const parent = world.tree.get(parentDentryUuid);
	if (!parent) throw new ApiError(404, 'spaceNotExist', '空间不存在');
	if (parent.type !== 'FOLDER') throw paramError('not a folder', 'parentDentryUuid');
	checkRole(parent.workspace, unionId, 'write');
	return parent;
}

function preCheck(world: World, given: unknown): void {
	const fields = { name: { type: 'string' }, size: { type: 'number' } } as const;
	const { name, size } = checkFields(given, fields, 'option.preCheckParam');
	if (typeof name === 'string' && storedName(name) === undefined) {
		// This page lists no dentryNameIllegal; commit's does.
		throw paramError('option.preCheckParam.name is not allowed');
	}
	if (typeof size !== 'number') return;
	const used = world.tree.all().reduce((sum, entry) => sum + entry.size, 0);
	if (used + size > SEED.orgQuotaBytes) {
		throw new ApiError(400, 'orgQuotaInsufficient', '企业容量不足');
	}
}

/** Step 1 of an upload: a place in the bucket and the headers that open it. */
export const uploadInfoEndpoint: Endpoint = {
	name: 'uploadInfo',
	method: 'POST',
	path: '/v2.0/storage/spaces/files/:parentDentryUuid/uploadInfos/query',
	access: 'header',
	scope: 'Storage.UploadInfo.Read',
	handle(call) {
		const { world, body } = call;
		const { protocol, option = {} } = checkFields(body, {
			protocol: { type: 'string', required: true, ownCode: true },
			option: { type: 'object' },
		});
		if (protocol !== 'HEADER_SIGNATURE') {
			throw new ApiError(400, 'dentryUploadProtocolNotSupport', '不支持的上传协议');
		}
		const unionId = operatorIn(call, 'unionId');
		const options = checkFields(option, OPTION_FIELDS, 'option');
		if (![undefined, 'DINGTALK'].includes(options.storageDriver as string | undefined)) {
			throw paramError('only DINGTALK is supported', 'storageDriver');
		}
		const parent = parentOf(call, unionId);
		if (options.preCheckParam !== undefined) preCheck(world, options.preCheckParam);

		const uploadKey = newId(48);
		const key = `yundisk0/${newId(24)}.file`;
		world.uploads.set(uploadKey, { parent, key, at: world.settings.now() });
		const { preferRegion } = options;
		return {
			uploadKey,
			storageDriver: 'DINGTALK',
			protocol,
			headerSignatureInfo: {
				resourceUrls: [`${world.ossUrl}/${key}`],
				headers: signedHeaders('PUT', key, world.settings.now()),
				expirationSeconds: world.settings.signatureLifeSeconds,
				region: !preferRegion || preferRegion === 'UNKNOWN' ? REGIONS[0] : preferRegion,
				internalResourceUrls: [],
			},
		};
	},
};
