import { OssError } from '../../core/oss/errors';
import type { Intake } from '../../core/oss/server';
import { StateHash } from '../hash/hash-state';
import type { PdsCall } from '../types';
import type { Part, Upload, World } from '../world';

/** As much of a file as its pre_hash covers. */
export const HEAD_BYTES = 1024;

/** The upload an address belongs to. */
function uploadOf(world: World, call: PdsCall, key: string): Upload {
	const { uploadId = '' } = call.query;
	const upload = world.uploads.get(uploadId);
	if (upload?.key === key) return upload;
	throw new OssError(
		404,
		'NoSuchUpload',
		'The specified upload does not exist. ' +
			'The upload ID may be invalid, or the upload may have been aborted or completed.',
		{ UploadId: uploadId, EC: '0042-00000002' },
	);
}

/** In sequential mode, refuses every part but the next. */
function checkOrder(upload: Upload, partNumber: number): void {
	if (upload.parallel || partNumber === upload.parts.size + 1) return;
	if (partNumber > upload.parts.size) {
		throw new OssError(
			400,
			'PartNotSequential',
			'For sequential multipart upload, ' +
				'you must upload or complete parts with sequential part number.',
			{ PartNumber: String(partNumber), EC: '0042-00000107' },
		);
	}
	throw new OssError(
		409,
		'PartAlreadyExist',
		"For sequential multipart upload, you can't overwrite uploaded parts.",
		{ PartNumber: String(partNumber), EC: '0042-00000108' },
	);
}

/** Looks whether a part may come, and says what becomes of it. */
export async function takePart(world: World, call: PdsCall, key: string): Promise<Intake> {
	const { hashes, keepBytes, bytesPerSecondPerConnection: bytesPerSecond } = world.settings;
	const partNumber = Number(call.query.partNumber);
	const upload = uploadOf(world, call, key);
	checkOrder(upload, partNumber);
	const claimed = upload.asked.get(partNumber);
	const state = claimed && (await StateHash.begin(upload.hashName, claimed));
	const sums = upload.sums.copy();
	let head = Buffer.alloc(0);
	return {
		hashes: hashes.filter((name) => name === 'md5' || name === 'crc64'),
		keepBytes,
		bytesPerSecond,
		see(chunk) {
			if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
			if (state) state.update(chunk);
			else sums.update(chunk);
		},
		keep({ size, md5, crc64, bytes }) {
			// Another request may have changed the upload while the body came in.
			if (!world.uploads.has(upload.uploadId)) uploadOf(world, call, upload.key);
			checkOrder(upload, partNumber);
			const etag = `"${(md5 || String(partNumber)).toUpperCase()}"`;
			const part: Part = { partNumber, size, etag, crc64, head, ...(bytes && { bytes }) };
			if (claimed && state) {
				Object.assign(part, { claimed, after: state.context(), digest: state.digest() });
			} else {
				upload.sums = sums;
			}
			upload.parts.set(partNumber, part);
			return etag;
		},
	};
}
