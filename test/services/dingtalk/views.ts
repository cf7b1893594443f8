import type { World } from './world';
import {
	dentryCategoryOf,
	type Entry,
	extensionOf,
	pathOf,
	webLinkOf,
	type Workspace,
} from './tree';
import type { DentryFields, StoredDentry, StoredResource } from './types';

/** ISO 8601 in UTC without fractions, as the official example prints times. */
function isoTime(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** An entry as the storage calls show it. */
export function dentryView(entry: Entry): DentryFields {
	const category = dentryCategoryOf(entry);
	return {
		id: entry.id,
		spaceId: entry.workspace.spaceId,
		parentId: entry.parent?.id ?? '0',
		type: entry.type,
		name: entry.name,
		size: entry.size,
		path: pathOf(entry),
		version: entry.version,
		status: 'NORMAL',
		extension: extensionOf(entry),
		creatorId: entry.creatorId,
		modifierId: entry.modifierId,
		createTime: isoTime(entry.createdAt),
		modifiedTime: isoTime(entry.modifiedAt),
		properties: { readOnly: false },
		appProperties: entry.appProperties,
		uuid: entry.uuid,
		partitionType: 'PUBLIC_OSS_PARTITION',
		storageDriver: entry.storageDriver,
		...((category === 'IMAGE' || category === 'VIDEO') && {
			thumbnail: {
				width: 64,
				height: 64,
				url: `https://thumbnail.example/${entry.uuid}.png`,
			},
		}),
		category,
	};
}

/** An entry as the wiki calls show it. */
export function nodeView(entry: Entry, operatorId: string, withRole: boolean) {
	const category = dentryCategoryOf(entry);
	return {
		nodeId: entry.uuid,
		workspaceId: entry.workspace.workspaceId,
		name: entry.name,
		type: entry.type,
		category: category === 'ALI_DOC' ? 'ALIDOC' : category,
		extension: extensionOf(entry),
		size: entry.size,
		hasChildren: entry.children.length > 0,
		url: webLinkOf(entry),
		creatorId: entry.creatorId,
		modifierId: entry.modifierId,
		createTime: isoTime(entry.createdAt),
		modifiedTime: isoTime(entry.modifiedAt),
		...(withRole && { permissionRole: entry.workspace.roles.get(operatorId) }),
	};
}

/** A knowledge base as the wiki calls show it. */
export function workspaceView(
	workspace: Workspace,
	corpId: string,
	operatorId: string,
	withRole: boolean,
) {
	return {
		workspaceId: workspace.workspaceId,
		name: workspace.name,
		description: '',
		type: workspace.type,
		rootNodeId: workspace.rootUuid,
		url: workspace.url,
		corpId,
		...(withRole && { permissionRole: workspace.roles.get(operatorId) }),
	};
}

/** The committed files, of one folder or of all, in the order they were made. */
export function committedFiles(world: World, parentUuid?: string): StoredDentry[] {
	return world.tree
		.all()
		.filter((entry) => entry.type === 'FILE' && entry.stored)
		.filter((entry) => parentUuid === undefined || entry.parent?.uuid === parentUuid)
		.map((entry) => {
			const { md5 = '', sha256 = '', crc64 = '', bytes } = entry.stored ?? {};
			return {
				...dentryView(entry),
				parentUuid: entry.parent?.uuid ?? '',
				md5,
				sha256,
				crc64,
				...(bytes && { bytes }),
			};
		});
}

/** The document resources whose bytes arrived. */
export function storedResources(world: World): StoredResource[] {
	return world.resourceUploads.flatMap(({ key, ...resource }) => {
		const object = world.objects.get(key);
		if (!object) return [];
		const { size, md5, sha256, crc64, bytes } = object;
		return [{ ...resource, size, md5, sha256, crc64, ...(bytes && { bytes }) }];
	});
}
