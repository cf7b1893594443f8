import type { IDataObject } from 'n8n-workflow';

import {
	absentAs,
	flag,
	list,
	map,
	object,
	optional,
	string,
	whole,
	type Decoder,
} from '../../shared/decode';
import { defined } from '../../shared/json';
import type { PdsClient } from './client';
import { MAX_PARTS } from './upload-part';
import { refFields, type UploadRef } from './upload-ref';

/** The largest page that the service returns. */
export const MAX_PARTS_PER_PAGE = 100;

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
	/** Number of the last part on this page; undefined after the last page. */
	nextMarker?: number;
	/** Whether the upload accepts parts in any order. */
	parallel: boolean;
	/** The response as the service sent it. */
	raw: IDataObject;
}

/**
 * Lists a page of the parts that the storage has, in the order of their numbers.
 *
 * @param page `marker`: the number of the part before the first one to list; `limit`: 1 to 100
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listuploadedparts
 * @throws {UploadError} code `NotFound.UploadId`
 */
export async function listUploadedParts(
	client: PdsClient,
	ref: UploadRef,
	{ marker, limit = MAX_PARTS_PER_PAGE }: { marker?: number; limit?: number } = {},
): Promise<StoredPartsPage> {
	return await client.call({
		step: 'listUploadedParts',
		method: 'POST',
		path: ['v2', 'file', 'list_uploaded_parts'],
		body: { ...refFields(ref), ...defined({ part_number_marker: marker, limit }) },
		effect: 'none',
		read: (raw) => readPage(raw, marker),
	});
}

function readPage(raw: IDataObject, marker = 0): StoredPartsPage | undefined {
	const page = partsPage(raw);
	if (!page) return undefined;
	const { uploaded_parts: parts, next_part_number_marker: next = 0, parallel_upload } = page;
	// A marker that does not advance would cause an endless loop.
	const nextMarker = next > marker && next <= MAX_PARTS ? next : undefined;
	return { parts, nextMarker, parallel: parallel_upload, raw };
}

const storedPart: Decoder<StoredPart> = map(
	object({ part_number: whole(1), part_size: whole(0), etag: optional(string) }),
	({ part_number: partNumber, part_size: size, etag: eTag }) => ({ partNumber, size, eTag }),
);

const partsPage = object({
	// An upload without parts has no list.
	uploaded_parts: absentAs([], list(storedPart)),
	// A string in the response, a number in the request.
	next_part_number_marker: optional(whole(0)),
	parallel_upload: flag(false),
});
