import { newId, newNumber } from '../core/ids';
import { splitName } from '../core/names';
import { categoryOf } from './formats';
import type { AppProperty, StoredBytes } from './types';

/** What the operator may do in a knowledge base. */
export type Role = 'MANAGER' | 'EDITOR' | 'READER';

/** A knowledge base. Its root is an entry of the tree like any folder. */
export interface Workspace {
	workspaceId: string;
	spaceId: string;
	name: string;
	url: string;
	rootUuid: string;
	type: 'TEAM' | 'PERSONAL';
	roles: Map<string, Role>;
}

/** A file, folder or online document, wherever it is looked at from. */
export interface Entry {
	uuid: string;
	/** The numeric dentryId; '0' for a root. */
	id: string;
	/** The short node id of links, and of the calls of the 1.0 documents API. */
	shortId: string;
	docKey: string;
	dentryKey: string;
	workspace: Workspace;
	/** Undefined for a root. */
	parent?: Entry;
	children: Entry[];
	type: 'FILE' | 'FOLDER';
	name: string;
	size: number;
	version: number;
	creatorId: string;
	modifierId: string;
	createdAt: number;
	modifiedAt: number;
	storageDriver: 'DINGTALK' | 'ALIDOC';
	appProperties: Record<string, AppProperty[]>;
	/** Only files that were uploaded have any. */
	stored?: StoredBytes;
	/** What a file was before its newest version, oldest first. */
	earlier: Array<{ version: number; stored?: StoredBytes }>;
	/** True for what was there from the start. */
	seeded: boolean;
}

/** What a new entry must be told; the rest has defaults. */
export type NewEntry = Pick<Entry, 'workspace' | 'type' | 'name' | 'creatorId' | 'createdAt'> &
	Partial<Entry>;

/** All entries, by every id they are known by. */
export class Tree {
	private readonly byUuid = new Map<string, Entry>();

	/** Adds an entry under its parent. */
	add(given: NewEntry): Entry {
		const entry: Entry = {
			uuid: newId(),
			id: newNumber(),
			shortId: newId(12),
			docKey: newId(16),
			dentryKey: newId(16),
			children: [],
			size: 0,
			version: 1,
			modifierId: given.creatorId,
			modifiedAt: given.createdAt,
			storageDriver: 'DINGTALK',
			appProperties: {},
			earlier: [],
			seeded: false,
			...given,
		};
		this.byUuid.set(entry.uuid, entry);
		entry.parent?.children.push(entry);
		return entry;
	}

	get(uuid: string): Entry | undefined {
		return this.byUuid.get(uuid);
	}

	find(fits: (entry: Entry) => boolean): Entry | undefined {
		return this.all().find(fits);
	}

	all(): Entry[] {
		return [...this.byUuid.values()];
	}
}

/** The entry of this name in a folder. */
export function childNamed(folder: Entry, name: string): Entry | undefined {
	return folder.children.find((child) => child.name === name);
}

/** The path inside the space: '/Invoices/2026'; a root's is '/'. */
export function pathOf(entry: Entry): string {
	if (!entry.parent) return '/';
	return `${pathOf(entry.parent).replace(/\/$/, '')}/${entry.name}`;
}

/** The extension without its dot; folders have none. */
export function extensionOf(entry: Entry): string {
	return entry.type === 'FILE' ? splitName(entry.name).extension : '';
}

/** The category of storage answers. */
export function dentryCategoryOf(entry: Entry): string {
	return entry.type === 'FILE' ? categoryOf(extensionOf(entry)) : 'OTHER';
}

/** The page of an entry in the web application. */
export function webLinkOf(entry: Entry): string {
	return `https://alidocs.dingtalk.com/i/nodes/${entry.uuid}`;
}
