/** Parses a URL. @returns undefined when the text is not a URL */
export function parseUrl(text: string, base?: string): URL | undefined {
	return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

/**
 * Returns the base URL that a user entered for a service, without trailing slashes.
 *
 * @returns undefined when the text is not a URL, or has a login, a query or a fragment
 */
export function parseBaseUrl(text: string): string | undefined {
	const trimmed = text.replace(/\/+$/, '');
	return /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(trimmed) ? trimmed : undefined;
}
