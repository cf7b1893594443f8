import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { storeFile } from '../shared/binary';
import { badInput, ownError, recover } from '../shared/errors';
import { defined } from '../shared/json';
import { getFile } from '../shared/oss';
import type { DingTalkClient } from './api/client';
import type { Dentry } from './api/dentry';
import { getDentry } from './api/get-dentry';
import { getDownloadInfo } from './api/get-download-info';
import type { DentryRef } from './look-ups/look-ups';

export interface DownloadRequest {
	file: DentryRef;
	/** What the item tells of the file: name and size. */
	known?: Dentry;
	/** The name to give to the binary; default that of the file. */
	fileName?: string;
	/** Default: the newest one. */
	version?: number;
	preferIntranet?: boolean;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
}

export interface DownloadedFile {
	dentry: Dentry;
	binary: IBinaryData;
	download: IDataObject;
}

/**
 * Downloads a file into n8n's binary store: download info, GET. Where the item does not tell its name
 * and size, they are asked for first; and again when another size came, because somebody has changed
 * the file since.
 *
 * @throws {UploadError} for a folder, and for a file that did not come as it is stored
 */
export async function downloadFile(
	context: IExecuteFunctions,
	client: DingTalkClient,
	request: DownloadRequest,
): Promise<DownloadedFile> {
	const known = request.known ?? (await getDentry(client, request.file));
	assertIsFile(known);
	const fileName = request.fileName ?? String(known.name);
	return await recover(
		async () => await downloadKnown(context, client, { ...request, known, fileName }),
		(error) => error.with({ details: { fileName } }),
	);
}

async function downloadKnown(
	context: IExecuteFunctions,
	client: DingTalkClient,
	request: DownloadRequest & { known: Dentry; fileName: string },
): Promise<DownloadedFile> {
	const { file, known, fileName, version, preferIntranet, timeout, signal } = request;
	const { transport } = client;
	const ask = async () => await getDownloadInfo(client, { ...file, version, preferIntranet });
	const { kept, bytes, crc64, eTag, requestId, attempts } = await getFile(
		async ({ contentType, chunks }) =>
			await storeFile(context, chunks, { fileName, contentType, transport, timeout, signal }),
		{
			target: await ask(),
			renew: ask,
			transport,
			step: 'download',
			fileName,
			timeout,
			signal,
			logger: context.logger,
		},
	);
	const isNewest = version === undefined;
	const dentry = isNewest ? await asItIs(client, request, bytes) : known;
	const download = defined({ bytes, crc64, eTag, requestId, attempts, version });
	return { dentry, binary: kept, download };
}

function assertIsFile({ type, name }: Dentry): void {
	if (type !== 'FOLDER') return;
	throw badInput(
		`"${name}" is a folder, and only files can be downloaded`,
		'Choose a file. To download what is in a folder, list its files first and download each of them.',
	);
}

/** Returns the dentry whose size is that of the bytes: it may have changed since it was known. */
async function asItIs(
	client: DingTalkClient,
	{ file, known }: DownloadRequest & { known: Dentry },
	bytes: number,
): Promise<Dentry> {
	if (isOfSize(known, bytes)) return known;
	const now = await getDentry(client, file);
	if (isOfSize(now, bytes)) return { ...known, ...now };
	throw ownError({
		title: 'The downloaded file is not as long as DingTalk says',
		description: `DingTalk says ${String(now.size)} bytes, and ${bytes} came from the storage. Check the proxy of the n8n server, or run the workflow again when nobody is changing the file.`,
		outcome: 'refused',
		code: 'LENGTH_MISMATCH',
		step: 'download',
	});
}

function isOfSize({ size }: Dentry, bytes: number): boolean {
	return typeof size !== 'number' || size === bytes;
}
