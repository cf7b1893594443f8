import { PdsError } from '../errors';
import { checkFields } from '../fields';
import { SEED, type SeedDrive } from '../seed';
import { ALL_DRIVES, type Endpoint } from './endpoint';
import { PAGE_FIELDS, pageOf } from './pages';

function driveView({ driveId, name, owner, ownerType, status }: SeedDrive) {
	return {
		domain_id: SEED.domainId,
		drive_id: driveId,
		drive_name: name,
		description: '',
		owner,
		owner_type: ownerType,
		drive_type: 'normal',
		status,
		used_size: 20480,
		total_size: 1024 ** 4,
		created_at: '2026-01-05T08:00:00.000Z',
		creator: 'superadmin',
	};
}

/** The caller's own drives. That the super administrator has none is UNCONFIRMED. */
export const listMyDrivesEndpoint: Endpoint = {
	name: 'listMyDrives',
	path: '/v2/drive/list_my_drives',
	handle({ body, caller }) {
		const page = checkFields(body, PAGE_FIELDS);
		const own = ALL_DRIVES.filter(({ owner }) => owner === caller?.userId);
		return pageOf(own.map(driveView), page);
	},
};

/** The drives of the teams that the caller is in: the seed's user is in all. */
export const listMyGroupDriveEndpoint: Endpoint = {
	name: 'listMyGroupDrive',
	path: '/v2/drive/list_my_group_drive',
	handle({ body, caller }) {
		const page = checkFields(body, PAGE_FIELDS);
		const isMember = caller?.userId === SEED.jwt.userId;
		const drives = ALL_DRIVES.filter(({ ownerType }) => isMember && ownerType === 'group');
		return pageOf(drives.map(driveView), page);
	},
};

/** All drives of the domain. That only administrators may see them is UNCONFIRMED. */
export const listDrivesEndpoint: Endpoint = {
	name: 'listDrives',
	path: '/v2/drive/list',
	handle({ body, caller }) {
		const {
			owner,
			owner_type: ownerType,
			...page
		} = checkFields(body, {
			...PAGE_FIELDS,
			owner: { type: 'string' },
			owner_type: { type: 'string', oneOf: ['user', 'group'] },
		});
		if (caller?.role !== 'superadmin') {
			throw new PdsError(403, 'ForbiddenNoPermission', 'No Permission to access resource drive.');
		}
		const drives = ALL_DRIVES.filter(
			(drive) =>
				[undefined, drive.owner].includes(owner as string | undefined) &&
				[undefined, drive.ownerType].includes(ownerType as SeedDrive['ownerType'] | undefined),
		);
		return pageOf(drives.map(driveView), page);
	},
};
