import type { CallName, Front } from '../services/dingtalk';

/** A request of an upload that can meet a fault. */
export interface Step {
	/** As the matrix calls it. */
	name: 'token' | 'info' | 'put' | 'commit' | 'doc info' | 'doc put';
	/** What it is for, and what the request is. */
	about: string;
	/** The request, as the local service calls it. */
	call: CallName;
	front: Front;
	operation: 'upload' | 'uploadResource';
	/** As errors call it. */
	errorStep: string;
	/** The end of its path. */
	path: RegExp;
	/** The request before it, after which nobody listens any more. */
	before?: CallName;
	/** Fields of its answer, by the keys that lead to them. */
	fields: string[];
}

const SIGNATURE = 'headerSignatureInfo';

export const STEPS: Record<Step['name'], Step> = {
	token: {
		name: 'token',
		about: 'POST `/v1.0/oauth2/accessToken`',
		call: 'token',
		front: 'api',
		operation: 'upload',
		errorStep: 'token',
		path: /\/oauth2\/accessToken$/,
		fields: ['accessToken', 'expireIn'],
	},
	info: {
		name: 'info',
		about: 'POST `/v2.0/storage/spaces/files/{parent}/uploadInfos/query`',
		call: 'uploadInfo',
		front: 'api',
		operation: 'upload',
		errorStep: 'getUploadInfo',
		path: /\/files\/\w+\/uploadInfos\/query$/,
		before: 'token',
		fields: [
			'uploadKey',
			SIGNATURE,
			`${SIGNATURE}.resourceUrls`,
			`${SIGNATURE}.headers`,
			`${SIGNATURE}.expirationSeconds`,
		],
	},
	put: {
		name: 'put',
		about: 'PUT to the storage, with signed headers',
		call: 'ossPut',
		front: 'oss',
		operation: 'upload',
		errorStep: 'uploadToOss',
		path: /\.file$/,
		before: 'uploadInfo',
		fields: [],
	},
	commit: {
		name: 'commit',
		about: 'POST `/v2.0/storage/spaces/files/{parent}/commit`',
		call: 'commit',
		front: 'api',
		operation: 'upload',
		errorStep: 'commit',
		path: /\/commit$/,
		before: 'ossPut',
		fields: ['dentry', 'dentry.uuid', 'dentry.name'],
	},
	'doc info': {
		name: 'doc info',
		about: 'POST `/v1.0/doc/docs/resources/{document}/uploadInfos/query`',
		call: 'docUploadInfo',
		front: 'api',
		operation: 'uploadResource',
		errorStep: 'getResourceUploadInfo',
		path: /\/resources\/\w+\/uploadInfos\/query$/,
		before: 'token',
		fields: ['success', 'result', 'result.uploadUrl', 'result.resourceId', 'result.resourceUrl'],
	},
	'doc put': {
		name: 'doc put',
		about: 'PUT to the storage, to a signed address',
		call: 'docPut',
		front: 'oss',
		operation: 'uploadResource',
		errorStep: 'uploadResource',
		path: /\/core\/resources\//,
		before: 'docUploadInfo',
		fields: [],
	},
};

/** What the page calls a request. */
export function nameOf(call: CallName): string {
	return Object.values(STEPS).find((step) => step.call === call)?.name ?? call;
}
