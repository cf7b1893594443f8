import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { recover } from '../../shared/errors';
import { flag, readOption, readParameter, required, text } from '../../shared/parameter';
import { sendCopy, sendLink } from '../api/send-to-chat';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import type { Run } from '../run';
import { unknownEffect } from '../unknown-effect';
import { webLink } from '../web-link';

const chatParameter = required(
	text({
		displayName: 'Chat',
		name: 'openConversationId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. cid6KeBBLoveMJOGXoYKF5x7EeiodoA==',
		description:
			'The openConversationId of the chat, as DingTalk returns it when a group is created or a robot is called',
	}),
	'No chat is given',
	'Enter its openConversationId in "Chat".',
);

const asCopyOption = flag({
	displayName: 'Send as Copy',
	name: 'asCopy',
	type: 'boolean',
	default: false,
	description:
		'Whether to put a copy of the file into the chat, which its members can open without any right on the original; folders can only be sent as a link',
});

export const option = {
	name: 'Send File to Chat',
	value: 'sendToChat',
	action: 'Send a file to a chat',
	description: 'Post the link to a file or folder in a chat, or a copy of the file',
};

export const description: INodeProperties[] = showFor('file', 'sendToChat', [
	operatorField,
	fileParameter.field,
	chatParameter.field,
	optionsField([asCopyOption]),
]);

/** Plans to send each item's file to a chat. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const input = readFileInput(run.context, itemIndex, client.credentials);
	const openConversationId = readParameter(run.context, itemIndex, chatParameter);
	const asCopy = readOption(run.optionsOf(itemIndex), asCopyOption) === true;
	const send = asCopy ? sendCopy : sendLink;
	const job: Job = {
		about: aboutFile(input),
		effect: 'notIdempotent',
		done: 'sent',
		receipt: ({ uuid }) => ({ uuid, openConversationId }),
		run: async (signal) => {
			// The messages of a chat come in the order of the items.
			const turn = run.chats.take(openConversationId);
			try {
				const file = await lookUps.dentry(input);
				await run.transport.orCancelled(turn.comes, signal);
				const sent = await recover(
					async () => await send(client, { ...file, openConversationId }),
					(error) =>
						error.facts.outcome === 'unknown'
							? unknownEffect(
									error,
									'this was sent',
									'Look into the chat before you run this again: it would get the file twice.',
								)
							: error,
				);
				const { dentryUuid: uuid, dentryId: id, spaceId } = file;
				return { json: { uuid, id, spaceId, webUrl: webLink(client.credentials, uuid), sent } };
			} finally {
				turn.end();
			}
		},
	};
	return [job];
}
