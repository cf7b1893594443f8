import type { IBinaryData } from 'n8n-workflow';

/** A file of an item that can be selected. */
export interface Candidate {
	/** The binary field, or the path in the item's JSON. */
	field: string;
	/** A shorter name that selects it too. */
	alias?: string;
	binary: IBinaryData;
}

/**
 * Whether an ID belongs to n8n's binary store: such IDs name the store, e.g. `filesystem-v2:…`, and
 * those of cloud drives do not.
 */
export function isStoreId(id: unknown): id is string {
	return typeof id === 'string' && /^[\w-]+:/.test(id);
}
