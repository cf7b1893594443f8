import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { badInput, UploadError } from '../errors';
import { abortable } from '../transport';
import { recycled } from './recycle';

/** Bytes per read from n8n's binary store; larger reads use more memory and gain nothing. */
const READ_SIZE = 256 * 1024;

/** One file of an item, ready to be streamed any number of times. */
export interface FileSource {
	/** Index of its item. */
	itemIndex: number;
	/** The binary field that holds it. */
	field: string;
	fileName?: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	/**
	 * Opens the file at its beginning, in chunks of at most 256 KiB; leaving the loop closes it. The
	 * bytes of a chunk are valid until two more chunks have been read.
	 *
	 * @param signal its abort stops reading at any point and closes the file
	 */
	open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Bytes that can be read any number of times. */
export type Content = Pick<FileSource, 'size' | 'open'>;

type BinaryStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * Returns the source for n8n's binary object: streamed when the n8n server stores files outside the
 * workflow's data (filesystem, database, S3), decoded when the bytes are in the item itself.
 */
export async function fileSource(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	binary: IBinaryData,
): Promise<FileSource> {
	const { id } = binary;
	// Nodes that create binary data may put anything here.
	const fileName = typeof binary.fileName === 'string' ? binary.fileName : undefined;
	const mimeType = binary.mimeType || 'application/octet-stream';
	const about = { itemIndex, field, fileName, mimeType };
	if (!id) {
		const size = decodedSize(binary, field);
		return { ...about, size, open: () => inMemory(context, itemIndex, binary) };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id).catch((cause: unknown) => {
		throw unreadable(cause).with({ details: { fileName, sourceField: field } });
	});
	// n8n 2.8 returns NaN for an empty file in S3; a file that is not empty is then "longer than n8n
	// said".
	return { ...about, size: fileSize || 0, open: (signal) => stored(context, id, signal) };
}

/** Returns the number of bytes in base64 text. Decodes it only if it has line breaks. */
function decodedSize({ data }: Partial<IBinaryData>, field: string): number {
	if (typeof data !== 'string') {
		throw badInput(
			`The binary field "${field}" contains no file`,
			'The previous node set its name and type, but no content.',
		);
	}
	if (/^data:/i.test(data)) {
		throw badInput(
			`The binary field "${field}" contains a data URL, not the bytes of a file`,
			'Keep only the part after "base64,", for example with the node Convert to File.',
		);
	}
	if (/\s/.test(data)) return Buffer.from(data, 'base64').length;
	return Buffer.byteLength(data, 'base64');
}

/** Returns a text as a UTF-8 file. */
export function textSource(itemIndex: number, text: string): FileSource {
	const bytes = Buffer.from(text, 'utf8');
	return { itemIndex, field: 'content', mimeType: 'text/plain', ...contentOf(bytes) };
}

/** Creates the error for a file that the binary store does not deliver. */
export function unreadable(cause: unknown): UploadError {
	return new UploadError({
		title: "The file could not be read from n8n's binary store",
		description:
			'It may have been deleted (pruned), or the store cannot be reached. Run the workflow again from the node that created the file.',
		outcome: 'notSent',
		code: (cause as { code?: string } | undefined)?.code,
		cause,
	});
}

/** Returns bytes in memory as content that can be read any number of times. */
export function contentOf(bytes: Uint8Array): Content {
	return { size: bytes.length, open: () => inSlices(bytes) };
}

async function* inMemory(
	context: IExecuteFunctions,
	itemIndex: number,
	binary: IBinaryData,
): AsyncGenerator<Uint8Array> {
	yield* slices(await context.helpers.getBinaryDataBuffer(itemIndex, binary));
}

async function* inSlices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield* slices(bytes);
}

/** Yields small pieces, so that processing one never blocks the process for long. */
function* slices(bytes: Uint8Array): Generator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += READ_SIZE) {
		yield bytes.subarray(start, start + READ_SIZE);
	}
}

/** Whether a stream reads a file of the disk: then nobody else has its chunks. */
function isOfDisk(stream: BinaryStream): boolean {
	return 'fd' in stream;
}

async function* stored(
	context: IExecuteFunctions,
	id: string,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	const opening = context.helpers.getBinaryStream(id, READ_SIZE);
	const close = () =>
		void opening.then(
			(stream) => stream.destroy(),
			() => {},
		);
	signal.addEventListener('abort', close);
	try {
		const stream: BinaryStream = await abortable(opening, signal);
		const chunks = stream as AsyncIterable<Uint8Array>;
		// n8n's database store delivers the whole file in one chunk.
		for await (const chunk of isOfDisk(stream) ? recycled(chunks) : chunks) yield* slices(chunk);
	} finally {
		signal.removeEventListener('abort', close);
		close();
	}
}
