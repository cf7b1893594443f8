import type { IHttpRequestOptions } from 'n8n-workflow';

import { parseUrl } from '../nodes/shared/web-address';

/** n8n's HTTP Request node still hands over the options of the older request library. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: unknown };

/** As axios, which n8n's requests are made with, tells a whole address from a part of one. */
const WHOLE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/**
 * The address of a request that n8n is about to make, without its separate query.
 *
 * @returns undefined when it is none
 */
export function addressOf(request: IHttpRequestOptions): URL | undefined {
	const { base, target } = partsOf(request);
	if (base === '' || WHOLE.test(target)) return parseUrl(target);
	return parseUrl(`${base.replace(/\/+$/, '')}/${target.replace(/^\/+/, '')}`);
}

/**
 * The address of a request, if it is that of an API or below it: nobody else may get what the
 * credential adds.
 */
export function addressBelow(request: IHttpRequestOptions, api: string): URL | undefined {
	const [address, own] = [addressOf(request), parseUrl(api)];
	if (!address || address.origin !== own?.origin) return undefined;
	// n8n itself, as opposed to axios, resolves the address against the base.
	const { base, target } = partsOf(request);
	if (base !== '' && parseUrl(target, base)?.origin !== own.origin) return undefined;
	const folder = own.pathname.replace(/\/+$/, '');
	const isBelow = address.pathname === folder || address.pathname.startsWith(`${folder}/`);
	return isBelow ? address : undefined;
}

/** Both of n8n's ways to say it: what a redirect leads to would get the headers as well. */
export const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

function partsOf(request: IHttpRequestOptions): { base: string; target: string } {
	const { baseURL, url, uri } = request as AnyRequestOptions;
	return { base: String(baseURL ?? ''), target: String(url ?? uri ?? '') };
}
