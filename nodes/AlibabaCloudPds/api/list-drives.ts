import {
	id,
	map,
	nextPage,
	object,
	optional,
	someOf,
	text,
	type Decoder,
} from '../../shared/decode';
import { defined } from '../../shared/json';
import type { PdsClient } from './client';

/** The largest page that the service returns. */
const PAGE_SIZE = 100;

/**
 * Which drives to list: `own` are those of the user, `team` those of the user's teams, `domain` all
 * drives, for administrators.
 */
export type DriveList = keyof typeof CALLS;

const CALLS = { own: 'list_my_drives', team: 'list_my_group_drive', domain: 'list' };

export interface Drive {
	driveId: string;
	name: string;
	/** Whether a team owns it. */
	ofTeam: boolean;
	/** Whether files can be uploaded to it. */
	enabled: boolean;
}

export interface DrivePage {
	drives: Drive[];
	/** Empty after the last page. */
	nextMarker: string;
}

/**
 * Lists a page of drives. Needs the scope DRIVE.LIST.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listmydrives
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listmygroupdrive
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listdrive
 * @throws {UploadError} code `ForbiddenNoPermission`
 */
export async function listDrives(
	client: PdsClient,
	{ list, marker }: { list: DriveList; marker?: string },
): Promise<DrivePage> {
	return await client.call({
		step: 'listDrives',
		method: 'POST',
		path: ['v2', 'drive', CALLS[list]],
		body: defined({ limit: PAGE_SIZE, marker }),
		effect: 'none',
		read: map(
			object({ items: someOf(drive), next_marker: nextPage(marker) }),
			({ items: drives, next_marker: nextMarker }) => ({ drives, nextMarker }),
		),
	});
}

const drive: Decoder<Drive> = map(
	object({
		// The documentation shows it as a string and as a number.
		drive_id: id,
		drive_name: optional(text),
		owner_type: optional(text),
		status: optional(text),
	}),
	({ drive_id: driveId, drive_name: name = driveId, owner_type, status }) => ({
		driveId,
		name,
		ofTeam: owner_type === 'group',
		enabled: status !== 'disabled',
	}),
);
