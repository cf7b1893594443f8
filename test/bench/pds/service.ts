import { pdsCredential } from '../../measure/credentials';
import { call } from '../../measure/local-process';
import { startPds, type LocalService } from '../../measure/services';
import type { SEED as PDS_SEED } from '../../services/pds';

/** The local PDS, and uploads begun by hand. */
export interface PdsService extends LocalService<typeof PDS_SEED, PdsState> {
	/** Begins an upload, as the node does, and gets the addresses of all its parts. */
	begin(upload: PlannedUpload): Promise<string[]>;
}

/** What the service has since the last reset. */
export interface PdsState {
	files: Array<{ size: number }>;
	uploads: Array<{ parallel: boolean; parts: Array<{ size: number }> }>;
	connections: Record<'api' | 'oss', { opened: number; open: number }>;
}

export interface PlannedUpload {
	size: number;
	partSize: number;
	/** Whether parts may come in any order. */
	parallel: boolean;
}

/** Starts the service; the arguments are those of test/services/pds/cli.ts. */
export async function startPdsService(...args: string[]): Promise<PdsService> {
	const service = await startPds<PdsState>(args);
	const { apiUrl, seed } = service;
	return { ...service, begin: async (upload) => await begin(apiUrl, seed, upload) };
}

/** The credential that n8n stores for it. */
export function pdsCredentialFor(service: PdsService) {
	const data = pdsCredential(service);
	return { id: 'benchPds00000001', name: 'Bench PDS', type: 'alibabaCloudPdsApi', data };
}

async function begin(
	apiUrl: string,
	{ driveId, accessToken }: PdsService['seed'],
	{ size, partSize, parallel }: PlannedUpload,
): Promise<string[]> {
	const count = Math.ceil(size / partSize);
	const parts = Array.from({ length: count }, (_, index) => ({
		part_number: index + 1,
		...(parallel && { parallel_sha1_ctx: madeUpState(index * partSize) }),
	}));
	const answer = await call<{ part_info_list: Array<{ upload_url: string }> }>(
		`${apiUrl}/v2/file/create`,
		{
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
			body: JSON.stringify({
				drive_id: driveId,
				parent_file_id: 'root',
				name: 'bare.bin',
				type: 'file',
				size,
				part_info_list: parts,
				...(parallel && { parallel_upload: true }),
			}),
		},
	);
	return answer.part_info_list.map(({ upload_url: url }) => url);
}

/**
 * The real state of the hash would need the file to be read. The service hashes each part from the
 * state it is given, and only the call that completes the upload finds out; a bare client makes none.
 */
function madeUpState(offset: number) {
	return { h: offset === 0 ? [] : [1, 2, 3, 4, 5], part_offset: offset };
}
