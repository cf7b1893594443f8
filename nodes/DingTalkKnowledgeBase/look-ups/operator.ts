import { recover } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { unionIdOfUser, userIdOfMobile } from '../api/find-user';
import type { Operator } from '../inputs/operator';
import { BY_MOBILE, ofDirectory, READ_MEMBERS, type DirectoryTexts } from './directory';

/**
 * Returns the union ID of an operator, from the contact directory if it is not given.
 *
 * @throws {UploadError} when the directory does not know the person, or the app may not use it
 */
export async function unionIdOf(client: DingTalkClient, operator: Operator): Promise<string> {
	if ('unionId' in operator) return operator.unionId;
	const userId = 'userId' in operator ? operator.userId : await ofMobile(client, operator.mobile);
	return await recover(
		async () => await unionIdOfUser(client, userId),
		(error) => ofDirectory(error, USER),
	);
}

async function ofMobile(client: DingTalkClient, mobile: string): Promise<string> {
	return await recover(
		async () => await userIdOfMobile(client, mobile),
		(error) => ofDirectory(error, MOBILE),
	);
}

const OPERATOR = { whom: 'the operator', instead: 'the union ID of the operator' };
const IF_UNION_ID = 'For a union ID, choose the mode "Union ID".';

const USER: DirectoryTexts = {
	...OPERATOR,
	unknown: 'The contact directory does not know this user ID',
	advice: IF_UNION_ID,
	permission: READ_MEMBERS,
};
const MOBILE: DirectoryTexts = {
	...OPERATOR,
	unknown: 'The contact directory does not know this mobile number',
	advice: IF_UNION_ID,
	permission: BY_MOBILE,
};
