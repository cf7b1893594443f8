import type { PdsClient } from '../api/client';
import { listUploadedParts, type StoredPart } from '../api/list-uploaded-parts';
import type { UploadRef } from '../api/upload-ref';

export interface StoredParts {
	/** In the order of their numbers. */
	parts: StoredPart[];
	/** Whether the upload accepts parts in any order. */
	parallel: boolean;
}

/** Lists all stored parts of an upload, page by page. */
export async function allStoredParts(client: PdsClient, ref: UploadRef): Promise<StoredParts> {
	const parts: StoredPart[] = [];
	let marker: number | undefined;
	let parallel = false;
	do {
		const page = await listUploadedParts(client, ref, { marker });
		parts.push(...page.parts);
		parallel ||= page.parallel;
		// A page without parts would cause an endless loop.
		marker = page.parts.length > 0 ? page.nextMarker : undefined;
	} while (marker);
	return { parts: parts.sort((a, b) => a.partNumber - b.partNumber), parallel };
}
