import { badInput } from '../../shared/errors';
import { parseUrl } from '../../shared/web-address';

/** What a link reveals without a call. */
export interface Link {
	/** The dentryUuid of a file, folder or document. */
	id?: string;
	/** The ID of a knowledge base. */
	workspaceId?: string;
	/** The link, for the service to resolve. */
	url: string;
}

const DINGTALK_HOST = /^(?:[\w-]+\.)*dingtalk\.(?:com|io)$/i;
const NODE_PATH = /^\/i\/nodes\/([A-Za-z0-9_-]+)/;
const SPACE_PATH = /^\/i\/spaces\/([A-Za-z0-9_-]+)/;

/**
 * Reads a link as DingTalk shows it: `https://alidocs.dingtalk.com/i/nodes/{dentryUuid}` or
 * `…/i/spaces/{workspaceId}/overview`, also with `.io`, a query and a fragment.
 *
 * @param what the name of the parameter in the error
 * @throws {UploadError} when it is not a link, or is one of another site
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
			`${what} is a link to another site (${url.hostname})`,
			'Open it in DingTalk Docs and copy the link: it begins with https://alidocs.dingtalk.com/ or https://alidocs.dingtalk.io/.',
		);
	}
	const inQuery = url.searchParams.get('dentryUuid') ?? undefined;
	const [, id = inQuery] = NODE_PATH.exec(url.pathname) ?? [];
	const [, workspaceId] = SPACE_PATH.exec(url.pathname) ?? [];
	return { id, workspaceId, url: url.href };
}

/**
 * Checks a dentryUuid (also called node ID): letters and digits, never only digits.
 *
 * @throws {UploadError} for a numeric dentry ID, a link in the wrong mode and anything else
 */
export function readDentryUuid(text: string, what: string): string {
	if (/^\d+$/.test(text)) {
		throw badInput(
			`${what} is a numeric ID, but a dentryUuid is required`,
			'A dentryUuid has 32 letters and digits. It is the last part of the link https://alidocs.dingtalk.com/i/nodes/…; the fields "uuid" and "nodeId" of the API also hold it.',
		);
	}
	return readId(text, what);
}

/** Checks an ID of any kind before it becomes part of a URL. */
export function readId(text: string, what: string): string {
	if (/^\d+$/.test(text)) {
		throw badInput(
			`${what} is a number, which is not a valid ID`,
			'Only older DingTalk calls use numbers. Paste the link instead.',
		);
	}
	if (/^[A-Za-z0-9_-]{1,128}$/.test(text)) return text;
	if (/^https?:/i.test(text)) {
		throw badInput(`${what} is a link, but an ID is required`, 'Choose "By Link" for it.');
	}
	throw badInput(`${what} is not a valid ID`, 'An ID has only letters, digits, "-" and "_".');
}
