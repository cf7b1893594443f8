import { badInput, UploadError, toUploadError } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { unionIdOfUser, userIdOfMobile } from '../api/find-user';
import type { Locator } from './locator';

/**
 * The union id in whose name the calls are made: as given, looked up from a user id or a mobile
 * number, or, when nothing is given, the credential's.
 *
 * @returns the look-up, which needs the network for a user id or a mobile number only
 * @throws {UploadError} when there is none; the look-up, when the directory does not know the person
 */
export function readOperator(
	client: DingTalkClient,
	{ mode, value }: Locator,
): () => Promise<string> {
	if (value === '') {
		const unionId = fromCredential(client);
		return async () => unionId;
	}
	if (mode === 'userId') return async () => await ofUser(client, value);
	if (mode === 'mobile') {
		const mobile = readMobile(value);
		return async () => await ofUser(client, await ofMobile(client, mobile));
	}
	return async () => value;
}

async function ofUser(client: DingTalkClient, userId: string): Promise<string> {
	return await lookUp(async () => await unionIdOfUser(client, userId), USER);
}

async function ofMobile(client: DingTalkClient, mobile: string): Promise<string> {
	return await lookUp(async () => await userIdOfMobile(client, mobile), MOBILE);
}

function fromCredential({ credentials }: DingTalkClient): string {
	if (credentials.operatorUnionId) return credentials.operatorUnionId;
	throw badInput(
		'No operator is given',
		'DingTalk wants to know in whose name the file is uploaded. Fill in "Operator" in the node, or "Operator Union ID" in the credential.',
	);
}

function readMobile(value: string): string {
	const mobile = value.replace(/[\s()]/g, '');
	if (/^\+?\d[\d-]{4,20}$/.test(mobile)) return mobile;
	throw badInput(
		"The operator's mobile number is not a number",
		'Enter it with digits only, with the country code for numbers outside the Chinese mainland, e.g. +65-91234567.',
	);
}

interface DirectoryTexts {
	unknown: string;
	/** What to apply for in the developer console. */
	permission: string;
}

const USER: DirectoryTexts = {
	unknown: 'The contact directory does not know this user id',
	permission: 'read the members of the contact directory (qyapi_get_member)',
};
const MOBILE: DirectoryTexts = {
	unknown: 'The contact directory does not know this mobile number',
	permission: 'look up members by mobile number (qyapi_get_member_by_mobile)',
};

/** The directory's error codes mean something else here than in the other calls. */
async function lookUp(call: () => Promise<string>, texts: DirectoryTexts): Promise<string> {
	try {
		return await call();
	} catch (thrown) {
		throw explain(toUploadError(thrown), texts);
	}
}

const UNKNOWN_USER = new Set(['60121', '33012', '40078', '40104', '46004']);

function explain(error: UploadError, { unknown, permission }: DirectoryTexts): UploadError {
	const { code = '', description } = error.facts;
	if (UNKNOWN_USER.has(code)) {
		return error.with({
			title: unknown,
			description:
				'Check it in the DingTalk admin console, and that the person is in the range of contacts that the app may see. A union id belongs into the mode "Union ID".',
		});
	}
	if (code === 'Forbidden.AccessDenied.AccessTokenPermissionDenied' || code === '88') {
		return error.with({
			title: 'The app may not look up the operator in the contact directory',
			description: `In the DingTalk developer console apply for the permission to ${permission}, or give the operator by union id. ${description ?? ''}`,
		});
	}
	return error;
}
