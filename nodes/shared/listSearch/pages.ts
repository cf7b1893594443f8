import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** Maximum number of pages per search; the editor asks for more by itself. */
const MAX_PAGES = 50;

export interface ResultPage {
	results: INodeListSearchItems[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * Searches a list that the service cannot search itself: reads page after page until something
 * matches.
 *
 * @param list returns one page with all its entries
 */
export async function searchPages(
	list: (token?: string) => Promise<ResultPage>,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	let token = paginationToken;
	for (let page = 1; ; page++) {
		const { results, nextToken } = await list(token);
		const wanted = results.filter(({ name }) => isWanted(name, filter));
		token = nextToken || undefined;
		if (wanted.length > 0 || token === undefined || page >= MAX_PAGES) {
			return { results: wanted, paginationToken: token };
		}
	}
}

/** Whether a name contains the typed text, ignoring case. */
export function isWanted(name: string, filter: string | undefined): boolean {
	return name.toLowerCase().includes((filter ?? '').trim().toLowerCase());
}
