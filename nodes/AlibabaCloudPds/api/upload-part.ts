import { map, object, optional, someOf, string, whole, type Decoder } from '../../shared/decode';

/** OSS accepts no more parts per file. */
export const MAX_PARTS = 10_000;

/** State of a hash after all bytes before a part, for parts that are uploaded in any order. */
export interface HashState {
	/** The chaining words as unsigned 32-bit integers: five for SHA-1, eight for SHA-256. */
	h: number[];
	/** Number of bytes before the part, a multiple of 64. */
	part_offset: number;
}

/** A part in the `part_info_list` of a request. */
export interface PartRequest {
	/** Starts at 1. */
	part_number: number;
	content_md5?: string;
	content_type?: string;
	parallel_sha1_ctx?: HashState;
	parallel_sha256_ctx?: HashState;
}

/** A part in a response, ready to be uploaded. */
export interface UploadPart {
	partNumber: number;
	/** Signed URL; a secret until it expires. */
	uploadUrl: string;
	/** The PUT must carry exactly this one. */
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

/** The parts in a response that can be uploaded. */
export const uploadParts = someOf(uploadPart);
