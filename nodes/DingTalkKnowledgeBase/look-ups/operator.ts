import { recover, type UploadError } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { unionIdOfUser, userIdOfMobile } from '../api/find-user';
import type { Operator } from '../inputs/operator';

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

interface DirectoryTexts {
	unknown: string;
	/** The permission to apply for in the developer console. */
	permission: string;
}

const USER: DirectoryTexts = {
	unknown: 'The contact directory does not know this user ID',
	permission: 'read the members of the contact directory (qyapi_get_member)',
};
const MOBILE: DirectoryTexts = {
	unknown: 'The contact directory does not know this mobile number',
	permission: 'look up members by mobile number (qyapi_get_member_by_mobile)',
};

const UNKNOWN_USER = new Set(['60121', '33012', '40078', '40104', '46004']);

/** Replaces the texts of errors whose codes have another meaning in the contact directory. */
function ofDirectory(error: UploadError, { unknown, permission }: DirectoryTexts): UploadError {
	const { code = '', description } = error.facts;
	if (UNKNOWN_USER.has(code)) {
		return error.with({
			title: unknown,
			description:
				'Check it in the DingTalk admin console, and check that the person is among the contacts that the app may see. For a union ID, choose the mode "Union ID".',
		});
	}
	if (code === 'Forbidden.AccessDenied.AccessTokenPermissionDenied' || code === '88') {
		return error.with({
			title: 'The app may not look up the operator in the contact directory',
			description: `In the DingTalk developer console, apply for the permission to ${permission}, or enter the union ID of the operator. ${description ?? ''}`,
		});
	}
	return error;
}
