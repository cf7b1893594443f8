import type { PdsUploadTask } from '../tasks';
import { call, startLocal } from '../local-process';

/** The local PDS, in a process of its own so that its work is not the node's. */
export interface PdsService {
	apiUrl: string;
	seed: PdsUploadTask['seed'];
	/** Back to the start: no files, no uploads, no calls. */
	reset(): Promise<void>;
	state(): Promise<PdsState>;
	/** Begins an upload, as the node does, and gets the addresses of all its parts. */
	begin(upload: PlannedUpload): Promise<string[]>;
	stop(): Promise<void>;
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
	const { hello, stop } = await startLocal<Pick<PdsService, 'apiUrl' | 'seed'>>('pds', args);
	const { apiUrl, seed } = hello;
	return {
		apiUrl,
		seed,
		reset: async () => void (await call(`${apiUrl}/_local/reset`, { method: 'POST' })),
		state: async () => await call(`${apiUrl}/_local/state`),
		begin: async (upload) => await begin(apiUrl, seed, upload),
		stop,
	};
}

/** The credential that n8n stores for it. */
export function pdsCredentialFor({ apiUrl, seed }: PdsService) {
	const { domainId, accessToken } = seed;
	const data = { domainId, apiBaseUrl: apiUrl, authType: 'accessToken', accessToken };
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
