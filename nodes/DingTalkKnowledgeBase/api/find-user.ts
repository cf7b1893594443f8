import { at, string } from '../../shared/decode';
import type { DingTalkClient } from './client';

/**
 * Looks up the union ID of a user ID in the contact directory. Needs the permission to read
 * contacts.
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
		read: at('result', at('unionid', string)),
	});
}

/**
 * Looks up the user ID of a mobile number in the contact directory. Needs the permission to look up
 * users by mobile number.
 *
 * @param step whose number it is: `findOperator` or `findMember`
 * @see https://open.dingtalk.com/document/development/query-users-by-phone-number
 */
export async function userIdOfMobile(
	client: DingTalkClient,
	mobile: string,
	step = 'findOperator',
): Promise<string> {
	return await client.call({
		step,
		method: 'POST',
		path: ['topapi', 'v2', 'user', 'getbymobile'],
		body: { mobile },
		effect: 'none',
		read: at('result', at('userid', string)),
	});
}

/**
 * Looks up the user ID of a union ID in the contact directory. Needs the permission to read
 * contacts.
 *
 * @see https://open.dingtalk.com/document/development/query-a-user-by-the-union-id
 */
export async function userIdOfUnionId(client: DingTalkClient, unionId: string): Promise<string> {
	return await client.call({
		step: 'findMember',
		method: 'POST',
		path: ['topapi', 'user', 'getbyunionid'],
		body: { unionid: unionId },
		effect: 'none',
		read: at('result', at('userid', string)),
	});
}
