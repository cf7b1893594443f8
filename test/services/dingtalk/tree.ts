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
	/** A drive is no knowledge base; the calls about those leave it out. */
	type: 'TEAM' | 'PERSONAL' | 'DRIVE';
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
	/** What it held before, oldest first. */
	earlier?: Array<Pick<Entry, 'version' | 'stored' | 'size'>>;
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
			...ownParts(),
			size: 0,
			version: 1,
			modifierId: given.creatorId,
			modifiedAt: given.createdAt,
			storageDriver: 'DINGTALK',
			seeded: false,
			...given,
		};
		return this.put(entry);
	}

	/** The same entries as they are made: nothing that happens to them shows in this tree. */
	copy(): Tree {
		const copied = new Tree();
		for (const entry of this.all()) {
			const parent = entry.parent && copied.get(entry.parent.uuid);
			copied.put({ ...entry, ...ownParts(), parent });
		}
		return copied;
	}

	private put(entry: Entry): Entry {
		this.byUuid.set(entry.uuid, entry);
		entry.parent?.children.push(entry);
		return entry;
	}

	/** Takes an entry away, with everything in it. */
	remove(entry: Entry): void {
		this.leave(entry);
		for (const each of entriesBelow(entry)) this.byUuid.delete(each.uuid);
	}

	/** Puts an entry into another folder, with everything in it. */
	move(entry: Entry, parent: Entry, name: string): void {
		this.leave(entry);
		Object.assign(entry, { parent, name });
		parent.children.push(entry);
		for (const each of entriesBelow(entry)) each.workspace = parent.workspace;
	}

	private leave({ parent, uuid }: Entry): void {
		if (parent) parent.children = parent.children.filter((child) => child.uuid !== uuid);
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

/** What may be changed in its place, and so has to be new for each entry. */
function ownParts(): Pick<Entry, 'children' | 'appProperties'> {
	return { children: [], appProperties: {} };
}

/** The entry of this name in a folder. */
export function childNamed(folder: Entry, name: string): Entry | undefined {
	return folder.children.find((child) => child.name === name);
}

/** An entry, and everything in it. */
export function entriesBelow(entry: Entry): Entry[] {
	return [entry, ...entry.children.flatMap(entriesBelow)];
}

/** Remembers what a file holds, before it gets another content. */
export function keepVersion(entry: Entry): void {
	const { version, stored, size } = entry;
	entry.earlier = [...(entry.earlier ?? []), { version, stored, size }];
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
