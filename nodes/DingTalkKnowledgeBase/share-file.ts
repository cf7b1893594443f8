import { recover, type UploadError } from '../shared/errors';
import { addPermissions, MAX_MEMBERS, type Member } from './api/add-permissions';
import type { ShareInput } from './inputs/members';
import type { Account } from './run';

export interface ShareRequest extends ShareInput {
	dentryUuid: string;
	/** Union ID of the operator. */
	unionId: string;
}

/**
 * Gives all members their role, as many at a time as the service accepts.
 *
 * @returns the members with the IDs that the service got
 * @throws {UploadError} that says how many members have the role already
 */
export async function shareFile(
	{ client, lookUps }: Account,
	{ dentryUuid, unionId, role: roleId, members: given, personIdType }: ShareRequest,
): Promise<Member[]> {
	const members: Member[] = [];
	for (const member of given) {
		const isPerson = member.type === 'USER';
		const id = isPerson ? await lookUps.userId(member.id, personIdType) : member.id;
		members.push({ ...member, id });
	}
	for (let done = 0; done < members.length; done += MAX_MEMBERS) {
		const some = members.slice(done, done + MAX_MEMBERS);
		await recover(
			async () => await addPermissions(client, { dentryUuid, unionId, roleId, members: some }),
			(error) => withDone(error, done, members.length),
		);
	}
	return members;
}

function withDone(error: UploadError, done: number, all: number): UploadError {
	if (done === 0) return error;
	const { description = '' } = error.facts;
	return error.with({
		description: `The first ${done} of ${all} members have the role already. ${description}`,
		details: { membersDone: done },
	});
}
