import type { INodeProperties } from 'n8n-workflow';

import { count, required, text, withDefault, type Parameter } from '../parameter';

export const inputDataFieldNameField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'inputDataFieldName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data, attachment_*, *',
	hint: 'The name of the input binary field containing the file to be uploaded. For several fields, separate the names with commas or use * as a wildcard. To exclude fields, use !, e.g. *, !image_*.',
	description:
		'One field, several separated by commas, or wildcards; each file is uploaded separately and returned as one item',
};

/** The field of an output item in which a downloaded file is. */
export const outputDataFieldNameParameter = required(
	text({
		displayName: 'Put Output File in Field',
		name: 'outputDataFieldName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	}),
	'No field is given for the file',
	'Enter a name in "Put Output File in Field", e.g. data.',
);

/** The name under which the file is stored. */
export const fileNameOption = text({
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. report.pdf',
	description:
		'The name to store the file under, including the extension; defaults to its current name',
});

export const timeoutOption = withDefault(
	count({
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1000 },
		default: 120000,
		description:
			'How long an upload may make no progress before it is retried, in milliseconds. An upload that makes progress is never cut off, however long it takes.',
	}),
);

/** The option "Timeout" of a download. */
export const downloadTimeoutOption = withDefault(
	count({
		...timeoutOption.field,
		description:
			'How long a download may make no progress before it is resumed, in milliseconds. A download that makes progress is never cut off, however long it takes.',
	}),
);

export const maxConcurrencyOption = maxConcurrency({
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 64 },
	default: 8,
	description:
		'How many files to upload at the same time; memory use grows with this number, not with file size',
});

/** The option "Max Concurrency" of a download. */
export const maxDownloadsOption = maxConcurrency({
	...maxConcurrencyOption.field,
	description:
		'How many files to download at the same time; if n8n keeps files outside of the workflow data, memory use grows with this number, not with file size',
});

/**
 * Makes a parameter for a number of concurrent transfers: a whole number up to the field's maximum,
 * which n8n does not enforce on expressions.
 */
export function maxConcurrency(field: INodeProperties): Parameter<number> {
	const { read } = withDefault(count(field));
	const most = field.typeOptions?.maxValue ?? Infinity;
	return { field, read: (value) => Math.min(Math.floor(read(value)), most) };
}
