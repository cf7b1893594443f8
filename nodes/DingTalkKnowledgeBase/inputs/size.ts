import type { INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { number, type Parameter } from '../../shared/parameter';

/** A size in bytes; undefined when none is given. */
export function size(field: INodeProperties): Parameter<number | undefined> {
	return number(field, (given) =>
		badInput(
			'The file size is not a number of bytes',
			`"${given}" was given. Enter a whole number such as 1048576, or leave it empty.`,
		),
	);
}
