import type { IDataObject } from 'n8n-workflow';

import { string } from '../../shared/decode';
import type { DingTalkCredentials } from '../api/credentials';
import type { Workspace } from '../api/get-workspace';
import { knowledgeBaseLink } from '../web-link';

/** Returns a knowledge base as the operations output it: the service's fields and its link. */
export function outputOf(
	credentials: DingTalkCredentials,
	{ workspaceId, raw }: Workspace,
): IDataObject {
	return { ...raw, webUrl: string(raw.url) ?? knowledgeBaseLink(credentials, workspaceId) };
}
