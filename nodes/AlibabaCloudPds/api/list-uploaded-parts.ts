import type { IDataObject } from 'n8n-workflow';

import { defined } from '../../shared/json';
import type { PdsClient } from './client';
import { refFields, type UploadRef } from './upload-ref';

/** The service gives no more at a time. */
export const MOST_PARTS_PER_PAGE = 100;

/** A part that the storage has. */
export interface StoredPart {
	partNumber: number;
	/** Bytes. */
	size: number;
	/** MD5 of the part, in quotes. */
	eTag?: string;
}

export interface StoredPartsPage {
	parts: StoredPart[];
	/** Number of the last part of this page; undefined after the last page. */
	nextMarker?: number;
	/** Whether the upload takes parts in any order. */
	parallel: boolean;
	/** The answer as the service gave it. */
	raw: IDataObject;
}

/**
 * A page of the parts that the storage has, in order of their numbers.
 *
 * @param page `marker`: the number of the part before the first one wanted; `limit`: 1 to 100
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listuploadedparts
 * @throws {UploadError} code `NotFound.UploadId`
 */
export async function listUploadedParts(
	client: PdsClient,
	ref: UploadRef,
	{ marker, limit = MOST_PARTS_PER_PAGE }: { marker?: number; limit?: number } = {},
): Promise<StoredPartsPage> {
	return await client.call({
		step: 'listUploadedParts',
		path: '/v2/file/list_uploaded_parts',
		body: { ...refFields(ref), ...defined({ part_number_marker: marker, limit }) },
		repeatable: true,
		read: readPage,
	});
}

function readPage(raw: IDataObject): StoredPartsPage {
	// An upload without parts has no list.
	const list = Array.isArray(raw.uploaded_parts) ? (raw.uploaded_parts as IDataObject[]) : [];
	return {
		parts: list.map(readPart),
		// A text in the answer, a number in the request.
		nextMarker: Number(raw.next_part_number_marker) || undefined,
		parallel: raw.parallel_upload === true,
		raw,
	};
}

function readPart({ part_number, part_size, etag }: IDataObject): StoredPart {
	const eTag = typeof etag === 'string' ? etag : undefined;
	return { partNumber: Number(part_number), size: Number(part_size), eTag };
}
