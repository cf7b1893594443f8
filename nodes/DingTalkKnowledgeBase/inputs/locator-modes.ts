const LINK = 'https?:\\/\\/[^\\s]*dingtalk\\.(?:com|io)(\\/[^\\s]*)';
const LINK_HINT = 'Paste the address from your browser';

/** Returns the resource locator mode for a link; the editor checks that it is one of DingTalk. */
export function byLink(placeholder: string) {
	return {
		displayName: 'By Link',
		name: 'url',
		type: 'string' as const,
		placeholder,
		hint: LINK_HINT,
		extractValue: { type: 'regex' as const, regex: LINK },
	};
}
