import type { Route } from '../../core/api/front';
import { notFound, invalid } from '../errors';
import { SEED } from '../seed';
import type { Caller } from '../tokens';
import type { PdsCallName } from '../types';
import type { Upload, World } from '../world';

/** What an endpoint is called with; who calls was checked before. */
export interface ApiCall {
	world: World;
	body: unknown;
	/** Of calls for a token there is none yet. */
	caller?: Caller;
}

/** One API of the service. */
export interface Endpoint extends Route<PdsCallName> {
	/** True of the call for a token, which nobody can have yet. */
	anonymous?: boolean;
	/** The answer's body. Throws PdsError. */
	handle(call: ApiCall): unknown;
}

/** The fields that say where a file is. */
export const PLACE_FIELDS = {
	drive_id: { type: 'string' },
	share_id: { type: 'string' },
} as const;

const { ofOthers, ...USERS } = SEED.drives;

/** The drives of the user and of the user's teams, then those of others. */
export const ALL_DRIVES = [...Object.values(USERS), ...ofOthers];

/** The drive a call is about, by its own id or by a share of it. */
export function driveIn({ drive_id: drive, share_id: share }: Record<string, unknown>): string {
	if (drive === undefined && share === undefined) throw invalid('drive_id', 'Missing');
	if (share !== undefined && share !== SEED.shareId) throw notFound('Share');
	if (drive === undefined) return SEED.driveId;
	if (!ALL_DRIVES.some(({ driveId }) => driveId === drive)) throw notFound('Drive');
	return String(drive);
}

/** The upload a call is about. Undefined when it ended or never was. */
export function uploadIn(world: World, fields: Record<string, unknown>): Upload | undefined {
	const upload = world.uploads.get(String(fields.upload_id));
	return upload?.file.fileId === fields.file_id ? upload : undefined;
}
