const LINK = 'https?:\\/\\/[^\\s]*dingtalk\\.(?:com|io)(\\/[^\\s]*)';
const LINK_HINT = 'Paste the address from the browser';
/** The mode of a resource locator that takes a link; the editor checks that it is one of DingTalk's. */
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

/** The mode of a resource locator that lists what can be chosen. */
export function fromList(searchListMethod: string, more: { searchFilterRequired?: boolean } = {}) {
	return {
		displayName: 'From List',
		name: 'list',
		type: 'list' as const,
		typeOptions: { searchListMethod, searchable: true, ...more },
	};
}
