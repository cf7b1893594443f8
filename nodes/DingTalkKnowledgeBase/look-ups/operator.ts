import { recover, type UploadError } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { unionIdOfUser, userIdOfMobile } from '../api/find-user';
import type { Operator } from '../inputs/operator';

/**
 * The union id of an operator, by the contact directory where it is not given.
 *
 * @throws {UploadError} when the directory does not know the person, or the app may not ask it
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
	/** What to apply for in the developer console. */
	permission: string;
}

const USER: DirectoryTexts = {
	unknown: 'The contact directory does not know this user id',
	permission: 'read the members of the contact directory (qyapi_get_member)',
};
const MOBILE: DirectoryTexts = {
	unknown: 'The contact directory does not know this mobile number',
	permission: 'look up members by mobile number (qyapi_get_member_by_mobile)',
};

const UNKNOWN_USER = new Set(['60121', '33012', '40078', '40104', '46004']);

/** The directory's error codes mean something else here than in the other calls. */
function ofDirectory(error: UploadError, { unknown, permission }: DirectoryTexts): UploadError {
	const { code = '', description } = error.facts;
	if (UNKNOWN_USER.has(code)) {
		return error.with({
			title: unknown,
			description:
				'Check it in the DingTalk admin console, and that the person is in the range of contacts that the app may see. A union id belongs in the mode "Union ID".',
		});
	}
	if (code === 'Forbidden.AccessDenied.AccessTokenPermissionDenied' || code === '88') {
		return error.with({
			title: 'The app may not look up the operator in the contact directory',
			description: `In the DingTalk developer console apply for the permission to ${permission}, or give the operator by union id. ${description ?? ''}`,
		});
	}
	return error;
}
