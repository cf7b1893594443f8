import type { IDataObject } from 'n8n-workflow';

import { textIn } from '../../shared/json';

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
	return list.map(readUploadPart).filter((part) => part !== undefined);
}

function readUploadPart(part: unknown): UploadPart | undefined {
	const { part_number, upload_url: uploadUrl, content_type } = (part ?? {}) as IDataObject;
	const partNumber = readWhole(part_number);
	if (typeof uploadUrl !== 'string' || uploadUrl === '' || !partNumber) return undefined;
	const contentType = typeof content_type === 'string' ? content_type : '';
	return { partNumber, uploadUrl, contentType };
}

/** A number of an answer, which writes some of them as texts. @returns undefined for any other */
export function readWhole(value: unknown): number | undefined {
	const number = Number(textIn(value));
	return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
