import type { IDataObject } from 'n8n-workflow';

/** State of a hash after all bytes before a part; for parts that are uploaded in any order. */
export interface HashState {
	/** The chaining words as unsigned 32-bit integers, five of SHA-1, eight of SHA-256. */
	h: number[];
	/** Bytes before the part: a multiple of 64. */
	part_offset: number;
}

/** A part as `part_info_list` of a request has it. */
export interface PartRequest {
	/** From 1. */
	part_number: number;
	content_md5?: string;
	content_type?: string;
	parallel_sha1_ctx?: HashState;
	parallel_sha256_ctx?: HashState;
}

/** A part that may be uploaded, as an answer has it. */
export interface UploadPart {
	partNumber: number;
	/** Signed; a secret while it lasts. */
	uploadUrl: string;
	/** The PUT has to carry exactly this. */
	contentType: string;
}

/** The parts of an answer that can be uploaded. */
export function readUploadParts(list: unknown): UploadPart[] {
	if (!Array.isArray(list)) return [];
	return (list as IDataObject[]).map(readUploadPart).filter((part) => part !== undefined);
}

function readUploadPart({
	part_number: partNumber,
	upload_url: uploadUrl,
	content_type: contentType,
}: IDataObject): UploadPart | undefined {
	if (typeof uploadUrl !== 'string' || uploadUrl === '') return undefined;
	const type = typeof contentType === 'string' ? contentType : '';
	return { partNumber: Number(partNumber), uploadUrl, contentType: type };
}
