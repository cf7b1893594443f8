import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** Pages that one answer may cost; the editor asks on by itself. */
const MAX_PAGES = 50;

export interface ResultPage {
	results: INodeListSearchItems[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * A page of a list that the service cannot search itself: a search goes on through its pages until
 * something matches.
 *
 * @param list one page, with all its entries
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

/** Whether a name contains what was typed, in any case. */
export function isWanted(name: string, filter: string | undefined): boolean {
	return name.toLowerCase().includes((filter ?? '').trim().toLowerCase());
}
