import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { expressionOf } from '../../shared/expression';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { getUploadUrl } from '../api/get-upload-url';
import { partInfoListOption, partsParameter } from '../inputs/parts';
import { readUploadRef, shareIdOption, uploadRefFields } from '../inputs/upload-ref';
import type { Run } from '../run';

export const description: INodeProperties[] = showFor('file', 'getUploadUrl', [
	...uploadRefFields,
	partsParameter.field,
	optionsField([partInfoListOption, shareIdOption]),
]);

/** Plans to output the service's response for each item. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const options = run.optionsOf(itemIndex);
	const ref = readUploadRef(run.context, itemIndex, options);
	const parts = partsParameter.read(givenParts(run, itemIndex, options));
	const { client } = await run.account(itemIndex);
	const { fileId, uploadId } = ref;
	const job: Job = {
		about: { fileId, uploadId },
		effect: 'none',
		run: async () => ({ json: (await getUploadUrl(client, ref, parts)).raw }),
	};
	return [job];
}

/**
 * Returns the parts from the option if it is set, even by an expression that returns nothing;
 * otherwise from the fields.
 */
function givenParts({ context }: Run, itemIndex: number, options: IDataObject): unknown {
	const { name } = partInfoListOption.field;
	const isMeant = expressionOf(context, 'options', name) !== undefined;
	if (isMeant || options[name]) return options[name];
	return context.getNodeParameter(partsParameter.field.name, itemIndex, {});
}
