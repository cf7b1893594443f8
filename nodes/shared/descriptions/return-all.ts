import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../errors';
import { flag, number, readParameter, withDefault } from '../parameter';

/** The fields "Return All" and "Limit" of a list, and how their values are read for an item. */
export interface ResultLimit {
	fields: INodeProperties[];
	/**
	 * Returns the number of results that are wanted; Infinity for all.
	 *
	 * @throws {UploadError} for a limit that is not a whole number of 1 or more
	 */
	read(context: IExecuteFunctions, itemIndex: number): number;
}

/** Makes the two fields that n8n's lists have. @param byDefault the default of "Return All" */
export function resultLimit({ returnAll: byDefault = false } = {}): ResultLimit {
	const returnAll = withDefault(flag({ ...returnAllField, default: byDefault }));
	return {
		fields: [returnAll.field, limit.field],
		read: (context, itemIndex) =>
			readParameter(context, itemIndex, returnAll)
				? Infinity
				: readParameter(context, itemIndex, limit),
	};
}

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit = withDefault(
	number(
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
		(given) => badInput(`"${given}" is not a valid limit`, 'Enter a whole number of 1 or more.'),
	),
);
