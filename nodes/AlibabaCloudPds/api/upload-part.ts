import { map, object, optional, someOf, string, whole, type Decoder } from '../../shared/decode';

/** OSS takes no more parts of one file. */
export const MAX_PARTS = 10_000;

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

const uploadPart: Decoder<UploadPart> = map(
	object({ part_number: whole(1), upload_url: string, content_type: optional(string) }),
	({ part_number: partNumber, upload_url: uploadUrl, content_type: contentType = '' }) => ({
		partNumber,
		uploadUrl,
		contentType,
	}),
);

/** The parts of an answer that can be uploaded. */
export const uploadParts = someOf(uploadPart);
