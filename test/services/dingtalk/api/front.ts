import type { ApiFront } from '../../core/api/front';
import type { CallName } from '../types';
import type { World } from '../world';
import { changeEndpoints } from './changes';
import { commitEndpoint } from './commit';
import { contactEndpoints } from './contact';
import { dentryEndpoints } from './dentries';
import { documentEndpoints } from './document';
import { downloadInfoEndpoint } from './download';
import type { Endpoint } from './endpoint';
import { createFolderEndpoint } from './folder';
import { listDentriesEndpoint } from './list-dentries';
import { oauthEndpoints } from './oauth';
import { perform } from './perform';
import { searchEndpoints } from './search';
import { sharingEndpoints } from './sharing';
import { uploadInfoEndpoint } from './upload';
import { wikiEndpoints } from './wiki';

const ENDPOINTS: Endpoint[] = [
	...oauthEndpoints,
	uploadInfoEndpoint,
	commitEndpoint,
	createFolderEndpoint,
	...dentryEndpoints,
	listDentriesEndpoint,
	...changeEndpoints,
	...sharingEndpoints,
	downloadInfoEndpoint,
	...documentEndpoints,
	...wikiEndpoints,
	...searchEndpoints,
	...contactEndpoints,
];

/** The API of DingTalk, old and new. */
export function apiFront(world: World): ApiFront<CallName, Endpoint> {
	return {
		world,
		endpoints: ENDPOINTS,
		ownHeaders: (id) => ({ 'x-acs-request-id': id, 'x-acs-trace-id': id.toLowerCase() }),
		perform: (endpoint, request) => perform(world, endpoint, request),
	};
}
