import type { ApiFront } from '../../core/api/front';
import type { PdsCallName } from '../types';
import type { World } from '../world';
import { completeEndpoint, getFileEndpoint } from './complete';
import { createEndpoint } from './create';
import { listDrivesEndpoint, listMyDrivesEndpoint, listMyGroupDriveEndpoint } from './drives';
import type { Endpoint } from './endpoint';
import { listFileEndpoint } from './list';
import { tokenEndpoint } from './oauth';
import { getUploadUrlEndpoint, listUploadedPartsEndpoint } from './parts';
import { perform } from './perform';
import { getUserEndpoint } from './user';

const ENDPOINTS: Endpoint[] = [
	tokenEndpoint,
	createEndpoint,
	getUploadUrlEndpoint,
	listUploadedPartsEndpoint,
	completeEndpoint,
	getFileEndpoint,
	getUserEndpoint,
	listDrivesEndpoint,
	listMyDrivesEndpoint,
	listMyGroupDriveEndpoint,
	listFileEndpoint,
];

/** The API of PDS. */
export function apiFront(world: World): ApiFront<PdsCallName, Endpoint> {
	return {
		world,
		endpoints: ENDPOINTS,
		ownHeaders: (id) => ({ 'x-ca-request-id': id }),
		perform: (endpoint, request) => perform(world, endpoint, request),
	};
}
