import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { badInput, UploadError } from '../errors';
import { abortable } from '../transport';

/** Bytes per read from n8n's binary store; larger reads cost memory and gain nothing. */
const READ_SIZE = 256 * 1024;

/** One file of an item, ready to be streamed as often as needed. */
export interface FileSource {
	/** Index of the item it belongs to. */
	itemIndex: number;
	/** The binary field it came from. */
	field: string;
	fileName?: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	/**
	 * Opens the file afresh, in chunks of 256 KiB at most; leaving the loop closes it.
	 * @param signal its abort ends reading, wherever it is, and closes the file
	 */
	open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Bytes that can be read as often as needed. */
export type Content = Pick<FileSource, 'size' | 'open'>;

type BinaryStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * The source behind n8n's binary object: streamed when the n8n server keeps its files outside the
 * workflow's data (filesystem, database, S3), and decoded when the bytes are in the item itself.
 */
export async function fileSource(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	binary: IBinaryData,
): Promise<FileSource> {
	const { id } = binary;
	// Whoever made the binary data may have put anything there.
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
	// n8n 2.8 gives NaN for an empty file in S3; a file that is not empty is then "longer than said".
	return { ...about, size: fileSize || 0, open: (signal) => stored(context, id, signal) };
}

/** Bytes in the base64 text, without decoding it before its turn unless it has line breaks. */
function decodedSize({ data }: Partial<IBinaryData>, field: string): number {
	if (typeof data !== 'string') {
		throw badInput(
			`The binary field "${field}" holds no file`,
			'The node before this one gave its name and type, but no content.',
		);
	}
	if (/^data:/i.test(data)) {
		throw badInput(
			`The binary field "${field}" holds a data URL, not the bytes of a file`,
			'Keep only what stands behind "base64," in it, for example with the node Convert to File.',
		);
	}
	if (/\s/.test(data)) return Buffer.from(data, 'base64').length;
	return Buffer.byteLength(data, 'base64');
}

/** A text as a file in UTF-8. */
export function textSource(itemIndex: number, text: string): FileSource {
	const bytes = Buffer.from(text, 'utf8');
	return { itemIndex, field: 'content', mimeType: 'text/plain', ...contentOf(bytes) };
}

/** The binary store stopped delivering the file. */
export function unreadable(cause: unknown): UploadError {
	return new UploadError({
		title: "The file could not be read from n8n's binary store",
		description:
			'It may have been pruned, or the store is not reachable. Run the workflow again from the node that made the file.',
		outcome: 'notSent',
		code: (cause as { code?: string } | undefined)?.code,
		cause,
	});
}

/** Bytes in memory as something that can be read again and again. */
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

/** A piece at a time, so that nobody who works on it holds the process for long. */
function* slices(bytes: Uint8Array): Generator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += READ_SIZE) {
		yield bytes.subarray(start, start + READ_SIZE);
	}
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
		// n8n's database store gives the whole file at once.
		for await (const chunk of stream) yield* slices(chunk as Uint8Array);
	} finally {
		signal.removeEventListener('abort', close);
		close();
	}
}
