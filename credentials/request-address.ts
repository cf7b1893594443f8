import type { IHttpRequestOptions } from 'n8n-workflow';

import { parseUrl } from '../nodes/shared/web-address';

/** n8n's HTTP Request node still passes the options of the older request library. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: unknown };

/** Absolute URLs, as axios recognizes them; n8n sends its requests with axios. */
const WHOLE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/**
 * Returns the URL of a request that n8n is about to send, without its separate query.
 *
 * @returns undefined when it is not a URL
 */
export function addressOf(request: IHttpRequestOptions): URL | undefined {
	const { base, target } = partsOf(request);
	if (base === '' || WHOLE.test(target)) return parseUrl(target);
	return parseUrl(`${base.replace(/\/+$/, '')}/${target.replace(/^\/+/, '')}`);
}

/** Returns the URL of a request to an API or below it: no other host may get what is added. */
export function addressBelow(request: IHttpRequestOptions, api: string): URL | undefined {
	const [address, own] = [addressOf(request), parseUrl(api)];
	if (!address || address.origin !== own?.origin) return undefined;
	// n8n itself, unlike axios, resolves the URL against the base.
	const { base, target } = partsOf(request);
	if (base !== '' && parseUrl(target, base)?.origin !== own.origin) return undefined;
	const folder = own.pathname.replace(/\/+$/, '');
	const isBelow = address.pathname === folder || address.pathname.startsWith(`${folder}/`);
	return isBelow ? address : undefined;
}

/** Turns redirects off in both of n8n's ways: their targets would get the headers as well. */
export const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

function partsOf(request: IHttpRequestOptions): { base: string; target: string } {
	const { baseURL, url, uri } = request as AnyRequestOptions;
	return { base: String(baseURL ?? ''), target: String(url ?? uri ?? '') };
}
