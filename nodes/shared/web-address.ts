/** @returns undefined when the text is no address */
export function parseUrl(text: string, base?: string): URL | undefined {
	return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

/**
 * The base URL that a user gave for a service, without slashes at its end.
 *
 * @returns undefined when it is none, or has a login, a query or a fragment
 */
export function parseBaseUrl(text: string): string | undefined {
	const trimmed = text.replace(/\/+$/, '');
	return /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(trimmed) ? trimmed : undefined;
}
