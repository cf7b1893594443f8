import { combineCrc64, compareETags } from '../../shared/oss';
import type { StoredPart } from '../api/list-uploaded-parts';

/** A part that was sent or found to be there, as the storage should list it. */
export interface SentPart extends StoredPart {
	/** Of the bytes that were read, unsigned decimal. */
	crc64: string;
	/** Of the bytes that were read, where nothing else proves the part: upper-case hex. */
	md5?: string;
	/** Whether the storage has told that it has these bytes, by a checksum or in its list. */
	isProved: boolean;
}

/** What should be stored of an upload. */
export class SentParts {
	private readonly parts = new Map<number, SentPart>();

	add(part: SentPart): void {
		this.parts.set(part.partNumber, part);
	}

	/** Bytes of all parts together. */
	get bytes(): number {
		return [...this.parts.values()].reduce((sum, { size }) => sum + size, 0);
	}

	/** Of all parts together, unsigned decimal. */
	get crc64(): string {
		const parts = [...this.parts.values()];
		return combineCrc64(parts.sort((a, b) => a.partNumber - b.partNumber));
	}

	get areProved(): boolean {
		return [...this.parts.values()].every(({ isProved }) => isProved);
	}

	/** Whether a listed part is one of these. One that was not proved has to be by its ETag. */
	has({ partNumber, size, eTag }: StoredPart): boolean {
		const sent = this.parts.get(partNumber);
		if (sent?.size !== size) return false;
		if (sent.isProved) return compareETags(sent.eTag, eTag) !== 'different';
		return [sent.md5, sent.eTag].some((own) => compareETags(own, eTag) === 'equal');
	}

	/** Numbers of the parts that are not listed as they were sent, in order. */
	missingIn(listed: StoredPart[]): number[] {
		const there = new Set(listed.filter((part) => this.has(part)).map(numberOf));
		return [...this.parts.keys()].filter((number) => !there.has(number)).sort((a, b) => a - b);
	}

	/** A listed part that is none of these. @param replaceable whether it may be another one of a number */
	strangerIn(listed: StoredPart[], replaceable: boolean): StoredPart | undefined {
		return listed.find((part) => !(replaceable ? this.parts.has(numberOf(part)) : this.has(part)));
	}
}

function numberOf({ partNumber }: StoredPart): number {
	return partNumber;
}
