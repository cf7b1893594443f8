import { assertStorageUrl, type SignedTarget } from '../../shared/oss';
import type { PdsClient } from '../api/client';
import { getUploadUrl, URL_LIFE } from '../api/get-upload-url';
import type { HashState, UploadPart } from '../api/upload-part';
import type { UploadRef } from '../api/upload-ref';

/**
 * Number of URLs that one call requests. They are valid for 15 minutes, and sending 20 parts of 8
 * MiB in that time takes 200 KiB/s; on a slower line some URLs are requested twice.
 */
export const URLS_PER_CALL = 20;

/** The part for which a URL is needed. */
export interface PartAddress {
	number: number;
	/** The state of the hash before the part, where parts are uploaded in any order. */
	state?: HashState;
}

/** The signed targets of an upload's parts: requested several at a time, and again when too old. */
export class PartUrls {
	private readonly targets = new Map<number, SignedTarget>();

	/** @param count number of parts, if none is cut */
	constructor(
		private readonly client: PdsClient,
		private readonly ref: UploadRef,
		private readonly count: number,
	) {}

	/**
	 * Keeps URLs that came with another response.
	 *
	 * @param asked when they were requested, in milliseconds since 1970
	 */
	keep(parts: UploadPart[], asked: number): void {
		const trusted = this.client.credentials.ownBaseUrl;
		for (const { partNumber, uploadUrl, contentType } of parts) {
			assertStorageUrl(uploadUrl, { trusted, step: 'putPart' });
			// The signature covers the content type, which is empty unless the service says otherwise.
			const headers = { 'Content-Type': contentType };
			const expiresAt = asked + URL_LIFE;
			this.targets.set(partNumber, { url: uploadUrl, headers, signedWith: 'url', expiresAt });
		}
	}

	/** Returns the target of a part: the kept one, whatever its age, or a new one. */
	async target(part: PartAddress): Promise<SignedTarget> {
		return this.targets.get(part.number) ?? (await this.renew(part));
	}

	/** Requests a new target for a part, and for some that follow. */
	async renew({ number, state }: PartAddress): Promise<SignedTarget> {
		const last = state
			? number
			: Math.max(number, Math.min(this.count, number + URLS_PER_CALL - 1));
		const numbers = Array.from({ length: last - number + 1 }, (_, index) => number + index);
		const asked = Date.now();
		const { parts } = await getUploadUrl(
			this.client,
			this.ref,
			numbers.map((part_number) => ({
				part_number,
				...(state && { parallel_sha1_ctx: state }),
			})),
		);
		this.keep(parts, asked);
		return this.targets.get(number) as SignedTarget;
	}

	/** Forgets the URL of a part that is stored. */
	done(number: number): void {
		this.targets.delete(number);
	}
}
