import type { IHttpRequestOptions } from 'n8n-workflow';

/** n8n's HTTP Request node still hands over the options of the older request library. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string };

/** The whole address of a request that n8n is about to make, without its separate query. */
export function addressOf(request: IHttpRequestOptions): string {
	const { baseURL = '', url, uri } = request as AnyRequestOptions;
	const address = url ?? uri ?? '';
	return /^https?:/i.test(address) ? address : `${baseURL.replace(/\/+$/, '')}${address}`;
}
