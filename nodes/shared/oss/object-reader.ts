import type { Logger } from 'n8n-workflow';

import { ownError, recover, type UploadError } from '../errors';
import { progressLog } from '../progress';
import { withRetry, type RetryOptions } from '../retry';
import { TransportError, type Transport } from '../transport';
import { compareETags, RunningChecksums } from './checksum';
import { Crc64 } from './crc64';
import {
	inWords,
	openObject,
	type GetOptions,
	type ObjectHead,
	type OpenObject,
} from './get-object';
import type { SignedTarget } from './put-object';
import type { SignedAccess } from './signed-access';

export interface ReaderOptions {
	transport: Transport;
	logger?: Logger;
	step: string;
	fileName: string;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	retries: RetryOptions;
}

/**
 * Attempts are counted anew when a transfer has given so many bytes, so a file of any size may have
 * any number of breaks, but a storage that gives a few bytes and breaks off is given up.
 */
const PROGRESS = 512 * 1024;

/** Number of transfers in a row that may break off with less progress. */
const MAX_FRUITLESS = 4;

/** Reads an object once from its beginning to its end, over as many requests as it takes. */
export class ObjectReader<Target extends SignedTarget> {
	/** What the first response told of the object: all others must tell the same. */
	private first: ObjectHead = {};

	private sums!: RunningChecksums;

	private object?: OpenObject;

	private received = 0;

	/** Bytes received when the transfer under way began. */
	private begunAt = 0;

	/** Number of transfers in a row that broke off with little progress. */
	private fruitless = 0;

	/** What came with the last bytes that were compared. */
	private rest?: Uint8Array;

	private hasEnded = false;

	private isProved = false;

	private requestId?: string;

	private onProgress: (bytes: number) => void = () => undefined;

	constructor(
		private readonly access: SignedAccess<Target>,
		private readonly options: ReaderOptions,
	) {}

	/** Sends the first request. @returns the media type that the storage tells */
	async open(): Promise<string | undefined> {
		const { retries } = this.options;
		const object = await withRetry(async () => await this.request(), retries);
		this.adopt(object);
		this.first = object.head;
		this.sums = await RunningChecksums.begin(object.head);
		return object.head.contentType;
	}

	/** Yields the bytes. @throws {UploadError} `FILE_CHANGED` when the rest belongs to other bytes */
	async *chunks(): AsyncGenerator<Uint8Array> {
		const { retries } = this.options;
		while (!this.hasEnded) {
			const chunk = await withRetry(async () => await this.next(), retries);
			if (chunk) yield chunk;
		}
		this.verify();
	}

	/** Must be called at the end, whatever happened. */
	close(): void {
		this.object?.close();
		this.object = undefined;
	}

	/** @throws {UploadError} when not all of the bytes were taken */
	result() {
		const { step } = this.options;
		if (!this.hasEnded) throw notTaken(step, this.received);
		const { received: bytes, isProved, requestId, first } = this;
		return { bytes, crc64: this.sums.crc64, eTag: first.eTag, requestId, isProved };
	}

	/** Returns the next bytes, or undefined after the last ones. */
	private async next(): Promise<Uint8Array | undefined> {
		this.object ??= await this.resume();
		try {
			return this.leftOver() ?? (await this.read(this.object));
		} catch (error) {
			this.close();
			// Of a transfer that broke after its last byte nothing is missing.
			this.hasEnded = this.first.size === this.received && error instanceof TransportError;
			if (this.hasEnded) return undefined;
			throw this.counted(inWords(error, this.options.step));
		}
	}

	private async read({ body }: OpenObject): Promise<Uint8Array | undefined> {
		const { size } = this.first;
		const { received } = this;
		const next = await body.next();
		if (!next.done) return this.take(next.value);
		if (size !== undefined && received < size) throw cutOff(this.options.step, received, size);
		this.hasEnded = true;
		return undefined;
	}

	private leftOver(): Uint8Array | undefined {
		const { rest } = this;
		this.rest = undefined;
		return rest && this.take(rest);
	}

	private take(chunk: Uint8Array): Uint8Array {
		const { size = Infinity } = this.first;
		this.received += chunk.length;
		if (this.received > size) throw tooLong(this.options.step, size);
		this.sums.update(chunk);
		this.onProgress(this.received);
		return chunk;
	}

	/** Makes the error of a transfer the last one when too many broke off without progress. */
	private counted(error: UploadError): UploadError {
		const isFruitless = this.received - this.begunAt < PROGRESS;
		this.fruitless = isFruitless ? this.fruitless + 1 : 0;
		if (this.fruitless <= MAX_FRUITLESS) return error;
		return error.with({ retry: 'never', details: { attempts: this.access.attempts } });
	}

	private async request(range?: GetOptions['range']): Promise<OpenObject> {
		const { transport, step, timeout, signal } = this.options;
		const settings = { transport, step, timeout, signal, range };
		return await this.access.use(async (target) => await openObject(target, settings));
	}

	private adopt(object: OpenObject): void {
		const { logger, fileName } = this.options;
		const { size, requestId } = object.head;
		const { attempts: attempt } = this.access;
		this.object = object;
		this.begunAt = this.received;
		this.rest = undefined;
		this.requestId = requestId;
		const about = { fileName, size: size ?? 0, attempt, doing: 'Downloading' };
		this.onProgress = size === undefined ? () => undefined : progressLog(logger, about);
	}

	/** Asks for what is missing, and makes sure that it belongs to what is there. */
	private async resume(): Promise<OpenObject> {
		const { received, first } = this;
		const { step } = this.options;
		const range =
			received > 0 && isStrong(first.eTag) ? { from: received, eTag: first.eTag } : undefined;
		const object = await recover(
			async () => await this.request(range),
			(error) => (range && NOT_THE_SAME.has(error.facts.httpStatus) ? changed(step, error) : error),
		);
		this.adopt(object);
		try {
			if (!isSame(first, object.head)) throw changed(step);
			if (object.from < received) await this.skip(object);
			return object;
		} catch (error) {
			this.close();
			throw inWords(error, step);
		}
	}

	/** Reads what was received before, and compares it. */
	private async skip({ body }: OpenObject): Promise<void> {
		const { step } = this.options;
		const again = await Crc64.begin();
		let left = this.received;
		while (left > 0) {
			const next = await body.next();
			if (next.done) throw changed(step);
			again.update(next.value.subarray(0, left));
			const rest = next.value.subarray(left);
			left -= next.value.length - rest.length;
			if (left > 0) continue;
			if (again.decimal !== this.sums.crc64) throw changed(step);
			if (rest.length > 0) this.rest = rest;
		}
	}

	private verify(): void {
		const verdict = this.sums.compare();
		if (verdict === 'different') throw corrupted(this.options.step, this.requestId);
		this.isProved = verdict === 'equal';
	}
}

/** Refusals of a range: the object has another ETag, or is shorter than what was received. */
const NOT_THE_SAME = new Set<number | undefined>([412, 416]);

/** Whether an ETag stands for exactly these bytes; a weak one cannot be asked for. */
function isStrong(eTag: string | undefined): eTag is string {
	return eTag !== undefined && /^"[^"]+"$/.test(eTag);
}

function isSame(first: ObjectHead, now: ObjectHead): boolean {
	const isEqual = (one: unknown, other: unknown) =>
		one === undefined || other === undefined || one === other;
	if (!isEqual(first.size, now.size) || !isEqual(first.crc64, now.crc64)) return false;
	return compareETags(first.eTag, now.eTag) !== 'different';
}

function changed(step: string, cause?: UploadError): UploadError {
	return ownError({
		title: 'The file changed while it was downloaded',
		description:
			'The node has already started again from the beginning several times. Run the workflow again when nobody is changing the file.',
		outcome: 'refused',
		code: 'FILE_CHANGED',
		requestId: cause?.facts.requestId,
		httpStatus: cause?.facts.httpStatus,
		step,
	});
}

function cutOff(step: string, received: number, size: number): UploadError {
	return ownError({
		title: 'The storage sent less than the file',
		description: `${received} of ${size} bytes came, several times. Check the proxy of the n8n server, and exempt the storage from it if possible.`,
		outcome: 'notSent',
		code: 'LENGTH_MISMATCH',
		step,
		retry: 'transient',
	});
}

function tooLong(step: string, size: number): UploadError {
	return ownError({
		title: 'The storage sent more than the file',
		description: `The file has ${size} bytes, and more came. Check the proxy of the n8n server, and exempt the storage from it if possible.`,
		outcome: 'notSent',
		code: 'LENGTH_MISMATCH',
		step,
	});
}

function notTaken(step: string, received: number): UploadError {
	return ownError({
		title: "n8n's binary store did not take the whole file",
		description: `It stopped after ${received} bytes. Check the store of the n8n server (disk, database or S3), and run the workflow again.`,
		outcome: 'notSent',
		code: 'LENGTH_MISMATCH',
		step,
	});
}

function corrupted(step: string, requestId: string | undefined): UploadError {
	return ownError({
		title: 'Other bytes came than the storage holds',
		description:
			'The checksums differ, so the file was thrown away, several times. Check the proxy of the n8n server, and exempt the storage from it if possible.',
		outcome: 'notSent',
		code: 'CHECKSUM_MISMATCH',
		requestId,
		step,
		retry: 'transient',
	});
}
