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
	 * @param given number of entries that the list has given so far
	 */
	page: (token: string | undefined, given: number) => Promise<Page<Entry>>;
	/** What tells two entries apart. */
	keyOf: (entry: Entry) => string;
}

/** Number of pages in a row without a new entry after which the list is given up. */
const MAX_BARREN_PAGES = 100;

/**
 * Gives the entries of a list; a page is fetched when its first entry is asked for. An entry that
 * comes twice, because the list changed between two pages, is given once.
 *
 * @throws {UploadError} code `LIST_REPEATS` for a list that goes in circles or never ends
 */
export async function* entriesOf<Entry>({
	service,
	step,
	page,
	keyOf,
}: Listing<Entry>): AsyncGenerator<Entry, void, undefined> {
	const known = new Set<string>();
	const tokens = new Set<string>();
	let token: string | undefined;
	let before = '';
	let barren = 0;
	for (;;) {
		const { entries, nextToken } = await page(token, known.size);
		const keys = entries.map(keyOf);
		const content = JSON.stringify(keys);
		if (keys.length > 0 && content === before) throw repeats(service, step);
		before = content;
		barren++;
		for (const [index, entry] of entries.entries()) {
			if (known.has(keys[index])) continue;
			known.add(keys[index]);
			barren = 0;
			yield entry;
		}
		if (nextToken === '') return;
		if (tokens.has(nextToken) || barren >= MAX_BARREN_PAGES) throw repeats(service, step);
		tokens.add(nextToken);
		token = nextToken;
	}
}

/** Returns the first entries of a list. @param limit how many at most; Infinity for all */
export async function firstOf<Entry>(
	entries: AsyncIterable<Entry>,
	limit: number,
): Promise<Entry[]> {
	const first: Entry[] = [];
	for await (const entry of entries) {
		first.push(entry);
		if (first.length >= limit) break;
	}
	return first;
}

function repeats(service: string, step: string): UploadError {
	return ownError({
		title: `The list from ${service} repeats itself`,
		description:
			'A proxy or gateway may be answering from a cache: exclude the API of the service from caching. If there is none, run the workflow again.',
		step,
		code: 'LIST_REPEATS',
		outcome: 'refused',
	});
}
