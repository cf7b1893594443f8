import { type Field, pageFrom } from '../../core/fields';
import { invalid } from '../errors';

/** What a call for a page of a list may say. */
export const PAGE_FIELDS: Record<string, Field> = {
	limit: { type: 'number' },
	marker: { type: 'string' },
};

const MOST = 100;

/** A page of a list; the marker is opaque to callers, and empty on the last page. */
export function pageOf<T>(
	all: T[],
	{ limit = MOST, marker = '' }: { limit?: number; marker?: string },
): { items: T[]; next_marker: string } {
	if (limit < 1 || limit > MOST) throw invalid('limit', 'OutOfRange');
	const page = pageFrom(all, limit, marker);
	if (!page) throw invalid('marker');
	return { items: page.items, next_marker: page.next };
}
