import type { INodeProperties } from 'n8n-workflow';

import { count, text, withDefault, type Parameter } from '../parameter';

export const inputDataFieldNameField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'inputDataFieldName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data, attachment_*, *',
	hint: 'The name of the input binary field containing the file to be uploaded. Several: separate them with commas, or use * as a wildcard. Leave out with !, e.g. *, !image_*.',
	description:
		'One field, several separated by commas, or wildcards; each file becomes one upload and one output item',
};

/** The name under which the file is stored. */
export const fileNameOption = text({
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. report.pdf',
	description: 'The name to store the file under, with extension; by default the name that it has',
});

export const timeoutOption = withDefault(
	count({
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1000 },
		default: 120000,
		description:
			'Milliseconds without any progress after which an upload is tried again. An upload that makes progress is never cut off, however long it takes.',
	}),
);

export const maxConcurrencyOption = maxConcurrency({
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 64 },
	default: 8,
	description: 'How many files are uploaded at the same time; memory grows with it, not with size',
});

/** A number at a time: whole, and no more than the field's limit, which does not bind expressions. */
export function maxConcurrency(field: INodeProperties): Parameter<number> {
	const { read } = withDefault(count(field));
	const most = field.typeOptions?.maxValue ?? Infinity;
	return { field, read: (value) => Math.min(Math.floor(read(value)), most) };
}
