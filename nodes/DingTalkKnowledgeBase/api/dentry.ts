import type { IDataObject } from 'n8n-workflow';

import { having, id, map, string, type Decoder } from '../../shared/decode';

/** The IDs by which the calls of storage 1.0 identify a file or folder. */
export interface DentryIds {
	spaceId: string;
	/** 0 for the root folder of a space. */
	dentryId: string;
}

/** A file or folder, with the service's fields; its times are opaque strings. */
export type Dentry = IDataObject & { uuid?: string; name?: string };

/** A dentry in an answer of storage 1.0, with its IDs as texts. */
export type DentryWithIds = Dentry & { uuid: string; name: string; id: string; spaceId: string };

export const dentryWithIds: Decoder<DentryWithIds> = map(
	having({ uuid: string, name: string, id, spaceId: id }),
	// The service writes some IDs as numbers, and calls take texts.
	(dentry) => ({ ...dentry, id: String(dentry.id), spaceId: String(dentry.spaceId) }),
);
