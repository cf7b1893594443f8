/** The package that n8n's own requests follow; it comes without types. */
declare module 'proxy-from-env' {
	/** '' for a direct connection. */
	export function getProxyForUrl(url: string): string;
}
