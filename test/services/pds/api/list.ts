import { checkFields } from '../fields';
import type { Entry } from '../world';
import { fileView } from './complete';
import { driveIn, type Endpoint, PLACE_FIELDS } from './endpoint';
import { PAGE_FIELDS, pageOf } from './pages';

const SORT_KEYS: Record<string, (entry: Entry) => string | number> = {
	created_at: ({ createdAt }) => createdAt,
	updated_at: ({ updatedAt }) => updatedAt,
	size: ({ size }) => size,
	name: ({ name }) => name,
};

/** Ascending by a field; equal ones stay in the order in which they were made. */
function sorted(entries: Entry[], orderBy: string, direction: string): Entry[] {
	const key = SORT_KEYS[orderBy];
	const up = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
	return direction === 'DESC' ? up.reverse() : up;
}

/**
 * What is in a folder. Left out of the official page: files that are being uploaded, categories,
 * thumbnails and the choice of fields.
 */
export const listFileEndpoint: Endpoint = {
	name: 'listFile',
	path: '/v2/file/list',
	handle({ world, body }) {
		const fields = checkFields(body, {
			...PLACE_FIELDS,
			...PAGE_FIELDS,
			parent_file_id: { type: 'string', required: true },
			type: { type: 'string', oneOf: ['file', 'folder'] },
			status: { type: 'string', oneOf: ['available'] },
			order_by: { type: 'string', oneOf: Object.keys(SORT_KEYS) },
			order_direction: { type: 'string', oneOf: ['ASC', 'DESC'] },
		});
		const driveId = driveIn(fields);
		const { parent_file_id: parent, type, order_by: by, order_direction: direction } = fields;
		world.checkFolder(driveId, parent);
		const entries = world
			.inFolder(driveId, String(parent))
			.filter((entry) => type === undefined || entry.type === type);
		const listed = sorted(entries, String(by ?? 'created_at'), String(direction ?? 'ASC'));
		return pageOf(listed.map(fileView), fields);
	},
};
