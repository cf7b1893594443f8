import { combineCrc64, compareETags } from '../../shared/oss';
import type { StoredPart } from '../api/list-uploaded-parts';

/** A part that was sent or was already stored, as the storage should list it. */
export interface SentPart extends StoredPart {
	/** CRC-64 of the bytes read, unsigned decimal. */
	crc64: string;
	/** MD5 of the bytes read, upper-case hex; only where nothing else proves the part. */
	md5?: string;
	/** Whether the storage has confirmed that it has these bytes, by a checksum or in its list. */
	isProved: boolean;
}

/** The parts of an upload that should be stored. */
export class SentParts {
	private readonly parts = new Map<number, SentPart>();

	add(part: SentPart): void {
		this.parts.set(part.partNumber, part);
	}

	/** Total number of bytes. */
	get bytes(): number {
		return [...this.parts.values()].reduce((sum, { size }) => sum + size, 0);
	}

	/** CRC-64 of all parts together, unsigned decimal. */
	get crc64(): string {
		const parts = [...this.parts.values()];
		return combineCrc64(parts.sort((a, b) => a.partNumber - b.partNumber));
	}

	get areProved(): boolean {
		return [...this.parts.values()].every(({ isProved }) => isProved);
	}

	/** Whether a listed part is one of these. A part without proof must match by its ETag. */
	has({ partNumber, size, eTag }: StoredPart): boolean {
		const sent = this.parts.get(partNumber);
		if (sent?.size !== size) return false;
		if (sent.isProved) return compareETags(sent.eTag, eTag) !== 'different';
		return [sent.md5, sent.eTag].some((own) => compareETags(own, eTag) === 'equal');
	}

	/** Returns the numbers of the parts that are not listed as they were sent, in order. */
	missingIn(listed: StoredPart[]): number[] {
		const there = new Set(listed.filter((part) => this.has(part)).map(numberOf));
		return [...this.parts.keys()].filter((number) => !there.has(number)).sort((a, b) => a - b);
	}

	/**
	 * Returns a listed part that is not one of these.
	 *
	 * @param replaceable whether another part with the same number is acceptable
	 */
	strangerIn(listed: StoredPart[], replaceable: boolean): StoredPart | undefined {
		return listed.find((part) => !(replaceable ? this.parts.has(numberOf(part)) : this.has(part)));
	}
}

function numberOf({ partNumber }: StoredPart): number {
	return partNumber;
}
