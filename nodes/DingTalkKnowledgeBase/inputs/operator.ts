import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import type { DingTalkCredentials } from '../api/credentials';
import { expressionOf } from '../../shared/expression';
import { locatorOf, type Locator } from './locator';

/** The person on whose behalf calls are made. */
export type Operator = { unionId: string } | { userId: string } | { mobile: string };

/**
 * Reads the operator of an item.
 *
 * @throws {UploadError} when there is none, and when an expression is empty for the item: the file
 * would be stored on behalf of someone else
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
		'The expression in "Operator" is empty for this item',
		'Correct it. To use the operator of the credential for this item, let it return an empty text in the mode "Union ID".',
	);
}

/**
 * Returns the operator of an item or, if it is empty, that of the credential.
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
		'DingTalk needs to know on whose behalf the node acts. Fill in "Operator" in the node, or "Operator Union ID" in the credential.',
	);
}

/** @param whose it is, in an error */
export function readMobile(value: string, whose = "The operator's"): string {
	const mobile = value.replace(/[\s()]/g, '');
	if (/^\+?\d[\d-]{4,20}$/.test(mobile)) return mobile;
	throw badInput(
		`${whose} mobile number is not valid`,
		'Enter only digits. Numbers outside the Chinese mainland need the country code, e.g. +65-91234567.',
	);
}

export const operatorField: INodeProperties = {
	displayName: 'Operator',
	name: 'operator',
	type: 'resourceLocator',
	default: { mode: 'unionId', value: '' },
	description:
		'The person on whose behalf the node acts; to upload, the person needs edit rights on the target. Leave empty to use the operator of the credential.',
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
