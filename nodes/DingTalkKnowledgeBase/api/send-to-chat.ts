import type { IDataObject } from 'n8n-workflow';

import { at, having, id } from '../../shared/decode';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';
import { FILE_NOT_THERE } from './call-texts';

const NOT_INTO_CHAT =
	'Choose a person who is in this chat and may add files there, or choose another chat.';

/** What codes mean for a link. */
const LINKING: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	permissionDenied: {
		title: 'The operator may not send files to this chat',
		description: NOT_INTO_CHAT,
	},
};

/** What codes mean for a copy. */
const COPYING: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	permissionDenied: {
		title: 'The operator may not copy this file, or not to this chat',
		description: `Copying takes the role Manager on the file: give it to the operator in DingTalk, or send a link. ${NOT_INTO_CHAT}`,
	},
};

export interface SendRequest extends DentryIds {
	/** Union ID. */
	unionId: string;
	openConversationId: string;
}

/**
 * Posts the link to a file or folder in a chat. Needs the permission ConvFile.File.Send; only for
 * internal apps.
 *
 * Each call posts a message, so the call is not repeated when its answer is lost.
 *
 * @returns what the service tells of the link
 * @see https://open.dingtalk.com/document/development/send-a-file-link-to-the-specified-session
 */
export async function sendLink(client: DingTalkClient, request: SendRequest): Promise<IDataObject> {
	return await send(client, request, { way: ['links', 'send'], texts: LINKING });
}

/**
 * Puts a copy of a file into the storage of a chat and posts it there. Needs the permission
 * ConvFile.File.Send; only for internal apps. As above, the call is not repeated.
 *
 * @returns what the service tells of the copy
 * @see https://open.dingtalk.com/document/development/send-file-to-specified-session
 */
export async function sendCopy(client: DingTalkClient, request: SendRequest): Promise<IDataObject> {
	return await send(client, request, { way: ['send'], texts: COPYING });
}

async function send(
	client: DingTalkClient,
	{ unionId, spaceId, dentryId, openConversationId }: SendRequest,
	{ way, texts }: { way: string[]; texts: Record<string, ErrorText> },
): Promise<IDataObject> {
	return await client.call({
		step: 'sendToChat',
		texts,
		method: 'POST',
		path: ['v1.0', 'convFile', 'conversations', 'files', ...way],
		query: { unionId },
		body: { spaceId, dentryId, openConversationId },
		effect: 'notIdempotent',
		read: at('file', having({ id })),
	});
}
