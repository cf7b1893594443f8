import type { INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { number, type Parameter } from '../../shared/parameter';

/** Makes a parameter for a size in bytes; undefined when it is not set. */
export function size(field: INodeProperties): Parameter<number | undefined> {
	return number(field, (given) =>
		badInput(
			'The file size is not a number of bytes',
			`"${given}" was given. Enter a whole number such as 1048576, or leave it empty.`,
		),
	);
}
