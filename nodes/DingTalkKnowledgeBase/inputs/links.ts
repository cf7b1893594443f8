import { badInput } from '../../shared/errors';
import { parseUrl } from '../../shared/web-address';

/** What a link tells by itself. */
export interface Link {
	/** The dentryUuid of a file, folder or document. */
	id?: string;
	/** The id of a knowledge base. */
	workspaceId?: string;
	/** The link, for the service to resolve. */
	url: string;
}

const DINGTALK_HOST = /^(?:[\w-]+\.)*dingtalk\.(?:com|io)$/i;
const NODE_PATH = /^\/i\/nodes\/([A-Za-z0-9_-]+)/;
const SPACE_PATH = /^\/i\/spaces\/([A-Za-z0-9_-]+)/;

/**
 * Reads a link that DingTalk gives out: `https://alidocs.dingtalk.com/i/nodes/{dentryUuid}`,
 * `…/i/spaces/{workspaceId}/overview`, also with `.io`, a query and a fragment.
 *
 * @param what names the parameter in the error
 * @throws {UploadError} when it is no link, or one of another site
 */
export function readLink(text: string, what: string): Link {
	const url = parseUrl(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw badInput(
			`${what} is not a link`,
			'Paste the address from the browser, e.g. https://alidocs.dingtalk.com/i/nodes/…, or choose "By ID".',
		);
	}
	if (!DINGTALK_HOST.test(url.hostname)) {
		throw badInput(
			`${what} is a link of another site (${url.hostname})`,
			'Open it in DingTalk Docs and copy the link: it begins with https://alidocs.dingtalk.com/ or https://alidocs.dingtalk.io/.',
		);
	}
	const inQuery = url.searchParams.get('dentryUuid') ?? undefined;
	const [, id = inQuery] = NODE_PATH.exec(url.pathname) ?? [];
	const [, workspaceId] = SPACE_PATH.exec(url.pathname) ?? [];
	return { id, workspaceId, url: url.href };
}

/**
 * Checks a dentryUuid (also called node id): letters and digits, never a number alone.
 *
 * @throws {UploadError} for a numeric dentry id, a link in the wrong mode and anything else
 */
export function readDentryUuid(text: string, what: string): string {
	if (/^\d+$/.test(text)) {
		throw badInput(
			`${what} is a numeric id, but a dentryUuid is wanted`,
			'A dentryUuid has 32 letters and digits. It is the last part of the link https://alidocs.dingtalk.com/i/nodes/…; the fields "uuid" and "nodeId" of the API also hold it.',
		);
	}
	return readId(text, what);
}

/** Checks an id of any kind before it becomes a part of an address. */
export function readId(text: string, what: string): string {
	if (/^\d+$/.test(text)) {
		throw badInput(
			`${what} is a number, which none of its ids is`,
			'Older calls of DingTalk use numbers. Paste the link instead.',
		);
	}
	if (/^[A-Za-z0-9_-]{1,128}$/.test(text)) return text;
	if (/^https?:/i.test(text)) {
		throw badInput(`${what} is a link, but an id is wanted`, 'Choose "By Link" for it.');
	}
	throw badInput(`${what} is not a valid id`, 'An id has letters, digits, "-" and "_" only.');
}
