import { randomUUID } from 'node:crypto';
import { ApiError, paramError } from '../errors';
import { checkFields, requiredQuery } from '../fields';
import { freeName, storedName } from '../names';
import { presignedQuery } from '../../core/oss/signature';
import { childNamed, webLinkOf } from '../tree';
import {
	checkOperator,
	checkRole,
	type Endpoint,
	entryByLink,
	isNumericId,
	operatorIn,
} from './endpoint';

const text = { type: 'string', required: true } as const;
const DOC_TYPES: Record<string, string> = {
	DOC: 'adoc',
	WORKBOOK: 'axls',
	MIND: 'amind',
	FOLDER: '',
};

const notExist = () => new ApiError(404, 'documentNotExist', '文档不存在');

/** Calls about documents: a place for a resource, ids from links, new documents and folders. */
export const documentEndpoints: Endpoint[] = [
	{
		name: 'docUploadInfo',
		method: 'POST',
		path: '/v1.0/doc/docs/resources/:docId/uploadInfos/query',
		access: 'header',
		scope: 'Storage.File.Read',
		internalOnly: true,
		handle(call) {
			const { world, params, body } = call;
			const { mediaType, resourceName, size } = checkFields(body, {
				mediaType: text,
				resourceName: text,
				size: { type: 'number', required: true },
			});
			const operatorId = operatorIn(call);
			const document =
				world.tree.get(params.docId) ?? world.tree.find((e) => e.docKey === params.docId);
			if (document?.storageDriver !== 'ALIDOC') {
				throw new ApiError(404, 'docNotExist', '文档不存在');
			}
			checkRole(document.workspace, operatorId, 'write');
			const resourceId = randomUUID();
			const key = `core/resources/${resourceId}`;
			world.resourceUploads.push({
				resourceId,
				docId: params.docId,
				key,
				name: String(resourceName),
				mediaType: String(mediaType),
				declaredSize: Number(size),
			});
			const { now, signatureLifeSeconds } = world.settings;
			const expires = Math.floor(now() / 1000) + signatureLifeSeconds;
			const query = presignedQuery('PUT', key, expires, { 'content-type': String(mediaType) });
			return {
				success: true,
				result: {
					uploadUrl: `${world.ossUrl}/${key}?${query}`,
					resourceId,
					resourceUrl: `/core/api/resources/img/${resourceId}`,
				},
			};
		},
	},
	{
		name: 'queryDentryUuid',
		method: 'GET',
		path: '/v2.0/doc/documents/queryDentryUuid',
		access: 'header',
		scope: 'Document.WorkspaceDocument.Read',
		handle(call) {
			const operatorId = operatorIn(call);
			const { world, query } = call;
			const id = requiredQuery(query, 'idOrUrl');
			if (isNumericId(id)) throw paramError('idOrUrl must not be a numeric id');
			const isUrl = /^https?:/.test(id);
			const workspace = world.workspaces.find((one) => one.workspaceId === id);
			const entry = isUrl
				? entryByLink(world, id)
				: world.tree.find(
						(e) => [e.uuid, e.docKey, e.dentryKey].includes(id) || e.uuid === workspace?.rootUuid,
					);
			if (!entry) throw notExist();
			checkRole(entry.workspace, operatorId, 'read');
			return { dentryUuid: entry.uuid };
		},
	},
	{
		name: 'queryDentryId',
		method: 'GET',
		path: '/v2.0/doc/dentries/:dentryUuid/queryDentryId',
		access: 'header',
		scope: 'Document.WorkspaceDocument.Read',
		handle(call) {
			const operatorId = operatorIn(call);
			const entry = call.world.tree.get(call.params.dentryUuid);
			if (!entry) throw notExist();
			checkRole(entry.workspace, operatorId, 'read');
			return { spaceId: entry.workspace.spaceId, dentryId: entry.id, dentryUuid: entry.uuid };
		},
	},
	{
		name: 'createDoc',
		method: 'POST',
		path: '/v1.0/doc/workspaces/:workspaceId/docs',
		access: 'header',
		scope: 'Document.WorkspaceDocument.Write',
		handle({ world, params, body }) {
			const given = checkFields(body, {
				name: text,
				docType: { ...text, oneOf: Object.keys(DOC_TYPES) },
				operatorId: text,
				parentNodeId: { type: 'string' },
				templateId: { type: 'string' },
				templateType: { type: 'string' },
			});
			const operatorId = checkOperator(given.operatorId, 'operatorId');
			const workspace = world.workspaces.find((one) => one.workspaceId === params.workspaceId);
			if (!workspace) throw new ApiError(404, 'workspaceNotExist', '知识库不存在');
			checkRole(workspace, operatorId, 'write');
			// Whether a dentryUuid or the short node id is wanted is UNCONFIRMED: both do here.
			const parentId = given.parentNodeId ?? workspace.rootUuid;
			const parent = world.tree.find((e) => e.uuid === parentId || e.shortId === parentId);
			if (parent?.type !== 'FOLDER' || parent.workspace !== workspace) {
				throw paramError('parentNodeId is not a folder of this knowledge base');
			}
			let name = storedName(String(given.name));
			if (name === undefined) throw paramError('name is not allowed');
			const extension = DOC_TYPES[String(given.docType)];
			if (extension) name = `${name}.${extension}`;
			// A taken name makes a second folder beside the first: UNCONFIRMED, and what a client
			// that makes folders at the same time as others must be ready for.
			if (childNamed(parent, name)) {
				name = freeName(name, (candidate) => childNamed(parent, candidate) !== undefined);
			}
			const entry = world.tree.add({
				workspace,
				parent,
				type: extension ? 'FILE' : 'FOLDER',
				name,
				creatorId: operatorId,
				createdAt: world.settings.now(),
				storageDriver: extension ? 'ALIDOC' : 'DINGTALK',
			});
			return {
				workspaceId: workspace.workspaceId,
				nodeId: entry.shortId,
				docKey: entry.docKey,
				dentryUuid: entry.uuid,
				url: webLinkOf(entry),
			};
		},
	},
];
