import { at, string } from '../../shared/decode';
import { recover } from '../../shared/errors';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './call-texts';
import { nodeByUrl } from './list-nodes';

/** The file or folder behind a link. */
export interface LinkTarget {
	dentryUuid: string;
	workspaceId?: string;
}

/**
 * Finds the file or folder behind a link that does not contain its ID. Two calls know different
 * kinds of links: the one of the knowledge base (permission Wiki.Node.Read) is tried first, then
 * the one of documents (Document.WorkspaceDocument.Read).
 */
export async function resolveLink(
	client: DingTalkClient,
	request: { url: string; operatorId: string },
): Promise<LinkTarget> {
	return await recover(
		async (): Promise<LinkTarget> => {
			const { nodeId, workspaceId } = await nodeByUrl(client, request);
			return { dentryUuid: nodeId, workspaceId };
		},
		async (error) => {
			if (![400, 404].includes(error.facts.httpStatus ?? 0)) return error;
			return { dentryUuid: await dentryUuidOf(client, request) };
		},
	);
}

/** @see https://open.dingtalk.com/document/development/api-getuuidbyidorurl */
async function dentryUuidOf(
	client: DingTalkClient,
	{ url, operatorId }: { url: string; operatorId: string },
): Promise<string> {
	return await client.call({
		step: 'resolveDocumentLink',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'doc', 'documents', 'queryDentryUuid'],
		query: { idOrUrl: url, operatorId },
		effect: 'none',
		read: at('dentryUuid', string),
	});
}
