import { recover } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { userIdOfMobile, userIdOfUnionId } from '../api/find-user';
import type { PersonIdType } from '../inputs/members';
import { BY_MOBILE, ofDirectory, READ_MEMBERS } from './directory';

/**
 * Returns the user ID of a person, from the contact directory if it is not given.
 *
 * @throws {UploadError} when the directory does not know the person, or the app may not use it
 */
export async function userIdOf(
	client: DingTalkClient,
	id: string,
	idType: PersonIdType,
): Promise<string> {
	if (idType === 'userId') return id;
	const isMobile = idType === 'mobile';
	return await recover(
		async () =>
			isMobile ? await userIdOfMobile(client, id, 'findMember') : await userIdOfUnionId(client, id),
		(error) =>
			ofDirectory(error, {
				unknown: `The contact directory does not know the ${isMobile ? 'mobile number' : 'union ID'} of a member`,
				advice: 'The option "Member ID Type" says which kind of ID is given.',
				whom: 'a member',
				permission: isMobile ? BY_MOBILE : READ_MEMBERS,
				instead: 'user IDs and choose "User ID" in the option "Member ID Type"',
			}).with({ details: { member: id } }),
	);
}
