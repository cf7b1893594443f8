interface ListDetails {
	placeholder?: string;
	/** Whether something has to be typed before anything is listed. */
	searchFilterRequired?: boolean;
}

/** The mode of a resource locator that lists what can be chosen. */
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

/** The mode of a resource locator that takes an id. */
export function byId(placeholder: string, hint?: string) {
	return { displayName: 'By ID', name: 'id', type: 'string' as const, placeholder, hint };
}
