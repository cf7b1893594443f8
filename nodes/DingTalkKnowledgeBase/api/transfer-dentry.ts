import type { IDataObject } from 'n8n-workflow';

import { at, type Decoder } from '../../shared/decode';
import type { Effect } from '../../shared/errors';
import { defined } from '../../shared/json';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import { effectOf, type ConflictStrategy } from './commit-file';
import { dentryWithIds, type DentryIds, type DentryWithIds } from './dentry';
import { ERROR_TEXTS } from './error-catalog';
import { begunTask } from './get-task';

export interface TransferRequest extends DentryIds {
	/** Union ID. */
	unionId: string;
	/** The folder to copy or move to. */
	target: DentryIds;
	/** What to do when the name is taken there; the service's default is AUTO_RENAME. */
	conflictStrategy?: ConflictStrategy;
}

/** What the service answers: the dentry, a task that goes on, or both. */
export interface Transferred {
	/**
	 * The copy, or what was moved. While a task goes on it may be what it was before, so that it has
	 * to be asked for anew.
	 */
	dentry?: DentryWithIds;
	/** Set while the service is still copying or moving what is in a folder. */
	taskId?: string;
}

/**
 * Copies a file or folder. Needs the permission Storage.File.Write.
 *
 * When the answer is lost, the call is repeated only with the strategies that then lead to the same
 * (see {@link effectOf}); otherwise a second copy could appear.
 *
 * @see https://open.dingtalk.com/document/development/copy-an-object
 */
export async function copyDentry(
	client: DingTalkClient,
	request: TransferRequest,
): Promise<Transferred> {
	const { conflictStrategy, spaceId, dentryId } = request;
	const mayBeOld =
		conflictStrategy === 'OVERWRITE' || conflictStrategy === 'RETURN_DENTRY_IF_EXISTS';
	return await transfer(client, request, {
		what: 'copy',
		// Who takes the original for its copy may delete it.
		fits: (dentry) => mayBeOld || dentry.id !== dentryId || dentry.spaceId !== spaceId,
		effect: effectOf({ conflictStrategy }),
		option: { conflictStrategy },
	});
}

/**
 * Moves a file or folder; its dentryUuid and its link stay. Needs the permission
 * Storage.File.Write.
 *
 * The call is not repeated when its answer is lost: the documentation does not say what comes of a
 * file that is moved to the folder where it is. It could be in the way of itself and get another
 * name.
 *
 * @param request `keepPermissions`: whether the permissions of the file itself stay; by default not
 * @see https://open.dingtalk.com/document/development/move-a-file-or-folder
 */
export async function moveDentry(
	client: DingTalkClient,
	{ keepPermissions, ...request }: TransferRequest & { keepPermissions?: boolean },
): Promise<Transferred> {
	const { conflictStrategy } = request;
	return await transfer(client, request, {
		what: 'move',
		fits: () => true,
		effect: 'notIdempotent',
		// The service spells it like this.
		option: { conflictStrategy, presevePermissions: keepPermissions },
	});
}

interface Kind {
	what: 'copy' | 'move';
	effect: Effect;
	option: IDataObject;
	/** Whether a dentry can be the result. */
	fits: (dentry: DentryWithIds) => boolean;
}

async function transfer(
	client: DingTalkClient,
	{ spaceId, dentryId, unionId, target }: TransferRequest,
	{ what, effect, option, fits }: Kind,
): Promise<Transferred> {
	const given = defined(option);
	return await client.call({
		step: `${what}File`,
		texts: TRANSFERRING[what],
		method: 'POST',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId, what],
		query: { unionId },
		body: {
			targetSpaceId: target.spaceId,
			targetFolderId: target.dentryId,
			...(Object.keys(given).length > 0 && { option: given }),
		},
		effect,
		read: (answer) => transferred(answer, target, fits),
	});
}

const dentryInside: Decoder<DentryWithIds> = at('dentry', dentryWithIds);

function transferred(
	answer: IDataObject,
	{ spaceId }: DentryIds,
	fits: Kind['fits'],
): Transferred | undefined {
	const task = begunTask({ async: false, ...answer });
	if (!task) return undefined;
	const inside = dentryInside(answer);
	const dentry = inside && fits(inside) ? inside : undefined;
	if (task.taskId !== undefined) return { dentry, ...task };
	// Without a task all is done: what is elsewhere is the answer to another call.
	return dentry?.spaceId === spaceId ? { dentry } : undefined;
}

function textsFor(what: 'copy' | 'move'): Record<string, ErrorText> {
	const notThere: ErrorText = {
		title: `The file to ${what}, or the folder to ${what} it to, does not exist`,
		description:
			'One of them may have been deleted, or belong to an organisation other than that of the app. Choose both again.',
	};
	return {
		spaceNotExist: notThere,
		dentryNotExist: notThere,
		permissionDenied: {
			title: `The operator may not ${what} this, or not to there`,
			description: `To ${what} takes the role Manager on the file or folder, and edit rights on the target folder. Give both to the operator in DingTalk, or choose another operator.`,
		},
		dentryAlreadyExist: ERROR_TEXTS.dentryNameConflict,
		spaceQuotaInsufficient: {
			title: 'The knowledge base of the target has no storage space left',
			description: ERROR_TEXTS.spaceQuotaInsufficient.description,
		},
	};
}

/** What codes mean for these calls, and for what their tasks say. */
export const TRANSFERRING = { copy: textsFor('copy'), move: textsFor('move') };
