import { at, flag, map } from '../../shared/decode';
import { defined } from '../../shared/json';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import { FILE_NOT_THERE } from './call-texts';

export type MemberType = 'USER' | 'DEPT' | 'ORG' | 'CONVERSATION';

export type Role = 'READER' | 'DOWNLOADER' | 'EDITOR' | 'MANAGER';

/** Someone who may get a role. */
export interface Member {
	type: MemberType;
	/** A user ID, department ID, corp ID or openConversationId. */
	id: string;
	/** The organisation; a department needs it. With it, DingTalk takes the role from who leaves. */
	corpId?: string;
}

/** The service accepts no more members per call. */
export const MAX_MEMBERS = 30;

/** What codes mean for this call. */
const TEXTS: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	paramError: {
		title: 'DingTalk does not accept one of the members',
		description:
			'Check the IDs: people have a user ID as shown in the DingTalk admin console, departments a number, the organisation its Corp ID, and chats an openConversationId.',
	},
	permissionDenied: {
		title: 'The operator may not share this',
		description:
			'Only owners and managers may. Give the operator the role Manager on this file or folder in DingTalk, or choose another operator.',
	},
};

export interface AddPermissionsRequest {
	dentryUuid: string;
	/** Union ID of the operator. */
	unionId: string;
	roleId: Role;
	/** At most {@link MAX_MEMBERS}. */
	members: Member[];
}

/**
 * Gives members a role on a file or folder. Needs the permission Storage.Permission.Write; only for
 * internal apps.
 *
 * Nobody loses anything: a member has the highest of the roles that were given here and in the
 * folders above. So the call is repeated when its answer is lost.
 *
 * @see https://open.dingtalk.com/document/development/add-permissions-file
 * @see https://open.dingtalk.com/document/development/get-permission-inheritance-mode for the
 * highest role
 */
export async function addPermissions(
	client: DingTalkClient,
	{ dentryUuid, unionId, roleId, members }: AddPermissionsRequest,
): Promise<true> {
	return await client.call({
		step: 'shareFile',
		texts: TEXTS,
		method: 'POST',
		path: ['v2.0', 'storage', 'spaces', 'dentries', dentryUuid, 'permissions'],
		query: { unionId },
		body: { roleId, members: members.map((member) => defined({ ...member })) },
		effect: 'idempotent',
		read: at(
			'success',
			map(flag(false), (isDone) => isDone || undefined),
		),
	});
}
