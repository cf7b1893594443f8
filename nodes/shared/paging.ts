import { ownError, type UploadError } from './errors';

/** A page of a list. */
export interface Page<Entry> {
	entries: Entry[];
	/** Empty after the last page. */
	nextToken: string;
}

export interface Listing<Entry> {
	/** The name of the service for the user. */
	service: string;
	/** The name of the call in errors. */
	step: string;
	/**
	 * Fetches a page.
	 *
	 * @param token of the page; undefined for the first one
	 * @param size the most entries that it may have
	 */
	page: (token: string | undefined, size: number) => Promise<Page<Entry>>;
	/** The most entries that the service gives in one page. */
	maxPageSize: number;
	/** What tells two entries apart. */
	keyOf: (entry: Entry) => string;
	/** Leaves out the other entries; they do not count for the limit. */
	isWanted?: (entry: Entry) => boolean;
}

/** Number of pages in a row without a new entry after which the list is given up. */
const MAX_BARREN_PAGES = 100;

/**
 * Gives the entries of a list, page by page, and asks for no more than are needed. An entry that
 * comes twice, because the list changed between two pages, is given once.
 *
 * @param limit the most entries to give; Infinity for all
 * @throws {UploadError} code `LIST_REPEATS` for a list that goes in circles or never ends
 */
export async function* entriesOf<Entry>(
	{ service, step, page, maxPageSize, keyOf, isWanted }: Listing<Entry>,
	limit: number,
): AsyncGenerator<Entry, void, undefined> {
	const known = new Set<string>();
	const tokens = new Set<string>();
	let left = limit;
	let token: string | undefined;
	let before = '';
	let barren = 0;
	while (left > 0) {
		// How many entries of a page are wanted is known only when it is there.
		const size = isWanted ? maxPageSize : Math.min(maxPageSize, left);
		const { entries, nextToken } = await page(token, size);
		const keys = entries.map(keyOf);
		const isSame = keys.length > 0 && JSON.stringify(keys) === before;
		if (isSame) throw repeats(service, step);
		before = JSON.stringify(keys);
		const fresh = entries.filter((_, index) => !known.has(keys[index]) && known.add(keys[index]));
		barren = fresh.length > 0 ? 0 : barren + 1;
		for (const entry of fresh) {
			if (isWanted && !isWanted(entry)) continue;
			yield entry;
			if (--left <= 0) return;
		}
		if (nextToken === '') return;
		if (tokens.has(nextToken) || barren >= MAX_BARREN_PAGES) throw repeats(service, step);
		tokens.add(nextToken);
		token = nextToken;
	}
}

/** Collects what a list gives. */
export async function collected<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
	const all: Entry[] = [];
	for await (const entry of entries) all.push(entry);
	return all;
}

function repeats(service: string, step: string): UploadError {
	return ownError({
		title: `The list from ${service} does not end: it repeats itself`,
		description:
			'A proxy or gateway may be answering from a cache: exclude the API of the service from caching. If there is none, run the workflow again.',
		step,
		code: 'LIST_REPEATS',
		outcome: 'refused',
	});
}
