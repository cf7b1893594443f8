import { invalid } from '../errors';
import type { Field } from '../fields';

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
	const start = marker === '' ? 0 : positionIn(marker);
	const end = start + limit;
	return { items: all.slice(start, end), next_marker: end < all.length ? markerOf(end) : '' };
}

function markerOf(position: number): string {
	return Buffer.from(`from:${position}`).toString('base64url');
}

function positionIn(marker: string): number {
	const [, position] = /^from:(\d+)$/.exec(Buffer.from(marker, 'base64url').toString()) ?? [];
	if (position === undefined) throw invalid('marker');
	return Number(position);
}
