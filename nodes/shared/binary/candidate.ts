import type { IBinaryData } from 'n8n-workflow';

/** What may be chosen of an item. */
export interface Candidate {
	/** The field, or the path in the item's JSON. */
	field: string;
	/** A shorter name by which it is found too. */
	alias?: string;
	binary: IBinaryData;
}

/** The ids of n8n's binary store name the store, e.g. `filesystem-v2:…`; those of cloud drives do not. */
export function isStoreId(id: unknown): id is string {
	return typeof id === 'string' && /^[\w-]+:/.test(id);
}
