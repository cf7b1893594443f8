import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import type { DingTalkCredentials } from '../api/credentials';
import { expressionOf } from '../../shared/expression';
import { locatorOf, type Locator } from './locator';

/** In whose name the calls are made. */
export type Operator = { unionId: string } | { userId: string } | { mobile: string };

/**
 * The operator of an item.
 *
 * @throws {UploadError} when there is none, and when an expression gives nothing for the item: the file
 * would be stored in the name of another person
 */
export function operatorOf(
	context: IExecuteFunctions,
	itemIndex: number,
	credentials: Pick<DingTalkCredentials, 'operatorUnionId'>,
): Operator {
	const given: unknown = context.getNodeParameter('operator', itemIndex, '');
	const locator = locatorOf(given);
	const isMissing = ((isObject(given) ? given.value : given) ?? undefined) === undefined;
	const isEmpty = locator.value === '' && (isMissing || locator.mode !== 'unionId');
	if (!isEmpty || expressionOf(context, 'operator') === undefined) {
		return readOperator(locator, credentials);
	}
	throw badInput(
		'The expression in "Operator" gives nobody for this item',
		'Correct it. To store this item in the name of the operator of the credential, let it give an empty text in the mode "Union ID".',
	);
}

/**
 * The operator of an item, or, when none is given, the credential's.
 *
 * @throws {UploadError} when there is none
 */
export function readOperator(
	{ mode, value }: Locator,
	{ operatorUnionId }: Pick<DingTalkCredentials, 'operatorUnionId'>,
): Operator {
	if (value === '') return { unionId: operatorUnionId || missing() };
	if (mode === 'userId') return { userId: value };
	return mode === 'mobile' ? { mobile: readMobile(value) } : { unionId: value };
}

function missing(): never {
	throw badInput(
		'No operator is given',
		'DingTalk wants to know in whose name the file is uploaded. Fill in "Operator" in the node, or "Operator Union ID" in the credential.',
	);
}

function readMobile(value: string): string {
	const mobile = value.replace(/[\s()]/g, '');
	if (/^\+?\d[\d-]{4,20}$/.test(mobile)) return mobile;
	throw badInput(
		"The operator's mobile number is not a number",
		'Enter it with digits only, with the country code for numbers outside the Chinese mainland, e.g. +65-91234567.',
	);
}

/** In whose name the file is uploaded. */
export const operatorField: INodeProperties = {
	displayName: 'Operator',
	name: 'operator',
	type: 'resourceLocator',
	default: { mode: 'unionId', value: '' },
	description:
		'The person in whose name the file is uploaded; needs edit rights on the target. Leave empty to use the operator of the credential.',
	modes: [
		{
			displayName: 'Union ID',
			name: 'unionId',
			type: 'string',
			placeholder: 'From the credential',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			placeholder: 'e.g. manager4220',
			hint: 'As shown in the DingTalk admin console; the app needs permission to read contacts',
		},
		{
			displayName: 'Mobile',
			name: 'mobile',
			type: 'string',
			placeholder: 'e.g. 13800000000',
			hint: 'The app needs permission to look up members by mobile number',
		},
	],
};
