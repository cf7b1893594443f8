import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { badInput, UploadError } from '../errors';

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
	/** Opens the file afresh; leaving the loop closes it. */
	open(): AsyncIterable<Uint8Array>;
}

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
	const { id, fileName, mimeType = 'application/octet-stream' } = binary;
	const about = { itemIndex, field, fileName, mimeType };
	if (!id) {
		const size = decodedSize(binary, field);
		return { ...about, size, open: () => inMemory(context, itemIndex, binary) };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id).catch((cause: unknown) => {
		throw unreadable(cause).with({ details: { fileName, sourceField: field } });
	});
	// n8n 2.8 gives NaN for an empty file in S3; a file that is not empty is then "longer than said".
	return { ...about, size: fileSize || 0, open: () => stored(context, id) };
}

/** Bytes in the base64 text, without decoding it before its turn unless it has line breaks. */
function decodedSize({ data }: Partial<IBinaryData>, field: string): number {
	if (typeof data !== 'string') {
		throw badInput(
			`The binary field "${field}" holds no file`,
			'The node before this one gave its name and type, but no content.',
		);
	}
	if (/\s/.test(data)) return Buffer.from(data, 'base64').length;
	return Buffer.byteLength(data, 'base64');
}

/** A text as a file in UTF-8. */
export function textSource(itemIndex: number, text: string): FileSource {
	const bytes = Buffer.from(text, 'utf8');
	const about = { itemIndex, field: 'content', mimeType: 'text/plain', size: bytes.length };
	return { ...about, open: () => slices(bytes) };
}

/** The binary store does not give the file any more. */
export function unreadable(cause: unknown): UploadError {
	return new UploadError({
		title: "The file could not be read from n8n's binary store",
		description:
			'It may have been pruned, or the store is not reachable. Run the workflow again from the node that made the file.',
		code: (cause as { code?: string } | undefined)?.code,
		cause,
	});
}

async function* inMemory(
	context: IExecuteFunctions,
	itemIndex: number,
	binary: IBinaryData,
): AsyncGenerator<Uint8Array> {
	yield* slices(await context.helpers.getBinaryDataBuffer(itemIndex, binary));
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += READ_SIZE) {
		yield bytes.subarray(start, start + READ_SIZE);
	}
}

async function* stored(context: IExecuteFunctions, id: string): AsyncGenerator<Uint8Array> {
	const stream: BinaryStream = await context.helpers.getBinaryStream(id, READ_SIZE);
	try {
		for await (const chunk of stream) yield chunk as Uint8Array;
	} finally {
		stream.destroy();
	}
}
