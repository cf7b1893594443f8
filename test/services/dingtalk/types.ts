import type * as core from '../core/types';
import type { HashName, ServiceOptions, StoredBytes } from '../core/types';

export type { Fault, Front, HeaderChange, ResetMoment, StoredBytes } from '../core/types';

/** The kinds of request the service knows, as tests name them. */
export type CallName =
	| 'token'
	| 'corpToken'
	| 'unifiedToken'
	| 'legacyToken'
	| 'uploadInfo'
	| 'ossPut'
	| 'commit'
	| 'docUploadInfo'
	| 'docPut'
	| 'listWorkspaces'
	| 'mineWorkspace'
	| 'getWorkspace'
	| 'listNodes'
	| 'getNode'
	| 'queryByUrl'
	| 'queryDentryUuid'
	| 'queryDentryId'
	| 'createDoc'
	| 'createFolder'
	| 'getDentry'
	| 'listDentries'
	| 'renameDentry'
	| 'moveDentry'
	| 'copyDentry'
	| 'deleteDentry'
	| 'revertVersion'
	| 'getTask'
	| 'addPermission'
	| 'sendFile'
	| 'sendFileLink'
	| 'downloadInfo'
	| 'ossGet'
	| 'userGet'
	| 'userGetByMobile'
	| 'userGetByUnionId'
	| 'contactUser'
	| 'searchWorkspaces'
	| 'searchDentries'
	| 'unknown';

/** How the local service behaves; everything has a default. */
export interface LocalDingTalkOptions extends ServiceOptions {
	/** Calls a second allowed per app and API; 0 (default) switches the limit off. */
	callsPerSecond?: number;
	/** Life of an access token; default 7200. */
	tokenLifeSeconds?: number;
	/** Life of a signature (`expirationSeconds`), which OSS enforces; default 900. */
	signatureLifeSeconds?: number;
	/** Life of an upload key, which the commit enforces; default 900. */
	uploadKeyLifeSeconds?: number;
	/** Digests to compute; default all. Fewer make a faster server; a missing one reads as ''. */
	hashes?: HashName[];
}

/** One property an app hangs on a file. */
export interface AppProperty {
	name: string;
	value: string;
	visibility: 'PUBLIC' | 'PRIVATE';
}

/** A role that was given on a file. */
export interface Permission {
	dentryUuid: string;
	type: string;
	id: string;
	roleId: string;
}

/** A file in a chat. */
export interface Message {
	openConversationId: string;
	kind: 'link' | 'copy';
	dentryUuid: string;
}

/** A file or folder as commitFile returns it. */
export interface DentryFields {
	id: string;
	spaceId: string;
	parentId: string;
	type: 'FILE' | 'FOLDER';
	name: string;
	size: number;
	path: string;
	version: number;
	status: 'NORMAL' | 'DELETED' | 'EXPIRED';
	extension: string;
	creatorId: string;
	modifierId: string;
	createTime: string;
	modifiedTime: string;
	properties: { readOnly: boolean };
	appProperties: Record<string, AppProperty[]>;
	uuid: string;
	partitionType: 'PUBLIC_OSS_PARTITION' | 'MINI_OSS_PARTITION';
	storageDriver: 'DINGTALK' | 'ALIDOC' | 'SHANJI' | 'UNKNOWN';
	thumbnail?: { width: number; height: number; url: string };
	category: string;
}

/** A committed file: its dentry and what is stored of its bytes. */
export interface StoredDentry extends DentryFields, Omit<StoredBytes, 'size'> {
	parentUuid: string;
}

/** A document resource whose bytes arrived. */
export interface StoredResource extends StoredBytes {
	resourceId: string;
	/** As the caller gave it: a dentryUuid or a docKey. */
	docId: string;
	name: string;
	mediaType: string;
	/** The size announced when the address was asked for. */
	declaredSize: number;
}

/** An object in the bucket, committed or not. */
export interface StoredObject extends StoredBytes {
	key: string;
	/** The Content-Type it was PUT with, '' for none. */
	contentType: string;
	/** How many times this key was PUT. */
	puts: number;
}

/** One request the service received. */
export type RecordedCall = core.RecordedCall<CallName>;

/** Which requests meet a fault. */
export type FaultRule = core.FaultRule<CallName>;
