import { createHash } from 'node:crypto';
import { invalid, PdsError } from '../errors';
import { combineCrc64 } from '../hash/crc64';
import { BLOCK_BYTES, type HashContext } from '../hash/hash-state';
import { RunningSums, type Sums } from '../hash/running-sums';
import { HEAD_BYTES } from '../oss/part';
import type { Entry, Part, Upload, World } from '../world';

/** The least a part may have, except the last. */
export const MIN_PART_BYTES = 100 * 1024;

/** What a file is made of. */
export type Content = Pick<
	Entry,
	'size' | 'md5' | 'sha1' | 'sha256' | 'crc64' | 'preHash' | 'bytes' | 'rapid'
>;

/** The parts in order, whatever is there. */
function partsOf(upload: Upload): Part[] {
	return [...upload.parts.values()].sort((a, b) => a.partNumber - b.partNumber);
}

/** All must be there, each large enough. */
function checkWhole(parts: Part[]): void {
	// That an upload of nothing at all cannot end is UNCONFIRMED; the SDK puts one empty part.
	if (parts.length === 0) throw invalid('part_info_list', 'Empty', 'No part was uploaded.');
	parts.forEach((part, index) => {
		if (part.partNumber !== index + 1) {
			throw invalid('part_info_list', 'NotMatch', `Part ${index + 1} is missing.`);
		}
		if (part.size < MIN_PART_BYTES && index < parts.length - 1) {
			const message = 'Your proposed upload is smaller than the minimum allowed size.';
			throw new PdsError(400, 'EntityTooSmall', message);
		}
	});
}

function sameContext(a: HashContext | undefined, b: HashContext | undefined): boolean {
	return a?.part_offset === b?.part_offset && String(a?.h) === String(b?.h);
}

/**
 * Parallel mode's promise: each part was hashed from the state it claims to start from, the first
 * from none, so the claims are true exactly when each equals the state behind the part before.
 */
function checkContexts(upload: Upload, parts: Part[]): void {
	parts.forEach((part, index) => {
		const isLast = index === parts.length - 1;
		if (!isLast && (part.size !== parts[0].size || part.size % BLOCK_BYTES !== 0)) {
			throw invalid('part_info_list', 'NotMatch', 'Parts are not of one size, in whole blocks.');
		}
		if (part.size > parts[0].size) {
			throw invalid('part_info_list', 'NotMatch', 'The last part is larger than the others.');
		}
		if (index > 0 && !sameContext(part.claimed, parts[index - 1].after)) {
			throw invalid(
				`parallel_${upload.hashName}_ctx`,
				'NotMatch',
				`That of part ${part.partNumber} is not the state of the bytes before it.`,
			);
		}
	});
}

function sumsOf(world: World, upload: Upload, parts: Part[], bytes: Buffer | undefined): Sums {
	if (!upload.parallel) return upload.sums.finish();
	const { hashes } = world.settings;
	const sums = RunningSums.of(bytes ?? Buffer.alloc(0), bytes ? hashes : []);
	const chained = hashes.includes(upload.hashName) ? parts.at(-1)?.digest : undefined;
	return { ...sums, [upload.hashName]: chained ?? '' };
}

/** Puts the parts together. Its errors' codes, but for EntityTooSmall, are UNCONFIRMED. */
export function assemble(world: World, upload: Upload): Content {
	const parts = partsOf(upload);
	if (world.settings.checkParts) {
		checkWhole(parts);
		if (upload.parallel) checkContexts(upload, parts);
	}
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	const isOther = upload.size !== undefined && upload.size !== size;
	if (isOther && world.settings.checkSize) {
		throw invalid('size', 'NotMatch', `Announced were ${upload.size} bytes, there are ${size}.`);
	}
	const bytes = world.settings.keepBytes
		? Buffer.concat(parts.map((part) => part.bytes ?? Buffer.alloc(0)))
		: undefined;
	const sums = sumsOf(world, upload, parts, bytes);
	const hash = sums[upload.hashName];
	if (upload.contentHash !== undefined && hash && upload.contentHash.toLowerCase() !== hash) {
		throw invalid('content_hash', 'NotMatch');
	}
	const head = Buffer.concat(parts.map((part) => part.head)).subarray(0, HEAD_BYTES);
	const hasCrc = world.settings.hashes.includes('crc64');
	const crc64 = parts.reduce((crc, part) => combineCrc64(crc, part.crc64, part.size), '0');
	return {
		size,
		...sums,
		crc64: hasCrc ? crc64 : '',
		preHash: createHash('sha1').update(head).digest('hex'),
		rapid: false,
		...(bytes && { bytes }),
	};
}
