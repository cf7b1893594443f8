import type { RecordedCall } from '../types';

/** How a body may be written. */
export type BodyType = 'json' | 'form';

/** A body as its media type says, if it is one that is taken. */
export function parsedBody(
	{ headers }: Pick<RecordedCall, 'headers'>,
	text: string,
	taken: readonly BodyType[] = ['json'],
): unknown {
	const mediaType = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (taken.includes('form') && mediaType === 'application/x-www-form-urlencoded') {
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (!taken.includes('json') || mediaType !== 'application/json') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
