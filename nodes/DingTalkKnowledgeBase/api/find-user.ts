import type { IDataObject } from 'n8n-workflow';

import type { DingTalkClient } from './client';

/**
 * The union id of a user id, by the contact directory. Needs the permission to read contacts.
 *
 * @see https://open.dingtalk.com/document/development/query-user-details
 */
export async function unionIdOfUser(client: DingTalkClient, userId: string): Promise<string> {
	return await client.call({
		step: 'findOperator',
		method: 'POST',
		path: ['topapi', 'v2', 'user', 'get'],
		body: { userid: userId },
		effect: 'none',
		read: ({ result }) => text(result, 'unionid'),
	});
}

/**
 * The user id of a mobile number, by the contact directory. Needs the permission to look up users
 * by mobile number.
 *
 * @see https://open.dingtalk.com/document/development/query-users-by-phone-number
 */
export async function userIdOfMobile(client: DingTalkClient, mobile: string): Promise<string> {
	return await client.call({
		step: 'findOperator',
		method: 'POST',
		path: ['topapi', 'v2', 'user', 'getbymobile'],
		body: { mobile },
		effect: 'none',
		read: ({ result }) => text(result, 'userid'),
	});
}

function text(result: unknown, name: string): string | undefined {
	const value = (result as IDataObject | undefined)?.[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
