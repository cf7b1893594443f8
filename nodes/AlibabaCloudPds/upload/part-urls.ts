import { assertStorageUrl, type SignedTarget } from '../../shared/oss';
import type { PdsClient } from '../api/client';
import { getUploadUrl, URL_LIFE } from '../api/get-upload-url';
import type { HashState, UploadPart } from '../api/upload-part';
import type { UploadRef } from '../api/upload-ref';

/**
 * Addresses that one call asks for. They live 15 minutes, and 20 parts of 8 MiB need a line of
 * 200 KiB/s to be sent in that time; on a slower one some are asked for twice.
 */
export const URLS_PER_CALL = 20;

/** The part that an address is wanted for. */
export interface PartAddress {
	number: number;
	/** The state of the hash before it, where parts are uploaded in any order. */
	state?: HashState;
}

/** The signed targets of the parts of one upload: asked for some at a time, and again when too old. */
export class PartUrls {
	private readonly targets = new Map<number, SignedTarget>();

	/** @param count parts that the upload will have, if none is cut */
	constructor(
		private readonly client: PdsClient,
		private readonly ref: UploadRef,
		private readonly count: number,
	) {}

	/** Takes over addresses that came with another answer. @param asked milliseconds since 1970 */
	keep(parts: UploadPart[], asked: number): void {
		const trusted = this.client.credentials.ownBaseUrl;
		for (const { partNumber, uploadUrl, contentType } of parts) {
			assertStorageUrl(uploadUrl, { trusted, step: 'putPart' });
			// The signature covers the content type: it is empty unless the service says another.
			const headers = { 'Content-Type': contentType };
			const expiresAt = asked + URL_LIFE;
			this.targets.set(partNumber, { url: uploadUrl, headers, signedWith: 'url', expiresAt });
		}
	}

	/** The target of a part: the one at hand, whatever its age, or a new one. */
	async target(part: PartAddress): Promise<SignedTarget> {
		return this.targets.get(part.number) ?? (await this.renew(part));
	}

	/** A new target for a part, and for some that follow. */
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

	/** The part is stored: its address is needed no more. */
	done(number: number): void {
		this.targets.delete(number);
	}
}
