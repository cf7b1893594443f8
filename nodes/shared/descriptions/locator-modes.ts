interface ListDetails {
	placeholder?: string;
	/** Whether the list stays empty until the user types something. */
	searchFilterRequired?: boolean;
}

/** Returns the resource locator mode for choosing from a list. */
export function fromList(
	searchListMethod: string,
	{ placeholder, searchFilterRequired }: ListDetails = {},
) {
	return {
		displayName: 'From List',
		name: 'list',
		type: 'list' as const,
		typeOptions: { searchListMethod, searchable: true, searchFilterRequired },
		placeholder,
	};
}

/** Returns the resource locator mode for entering an ID. */
export function byId(placeholder: string, hint?: string) {
	return { displayName: 'By ID', name: 'id', type: 'string' as const, placeholder, hint };
}
