import type { UploadError } from '../../shared/errors';

export interface DirectoryTexts {
	/** The title when the directory does not know the person. */
	unknown: string;
	/** What else may be wrong then. */
	advice: string;
	/** Who is looked up. */
	whom: string;
	/** The permission to apply for in the developer console. */
	permission: string;
	/** What to enter so that nothing has to be looked up. */
	instead: string;
}

export const READ_MEMBERS = 'read the members of the contact directory (qyapi_get_member)';
export const BY_MOBILE = 'look up members by mobile number (qyapi_get_member_by_mobile)';

const UNKNOWN_USER = new Set(['60121', '33012', '40078', '40104', '46004']);

/** Replaces the texts of errors whose codes have another meaning in the contact directory. */
export function ofDirectory(error: UploadError, texts: DirectoryTexts): UploadError {
	const { code = '', description } = error.facts;
	if (UNKNOWN_USER.has(code)) {
		return error.with({
			title: texts.unknown,
			description: `Check it in the DingTalk admin console, and check that the person is among the contacts that the app may see. ${texts.advice}`,
		});
	}
	if (code === 'Forbidden.AccessDenied.AccessTokenPermissionDenied' || code === '88') {
		return error.with({
			title: `The app may not look up ${texts.whom} in the contact directory`,
			description: `In the DingTalk developer console, apply for the permission to ${texts.permission}, or enter ${texts.instead}. ${description ?? ''}`,
		});
	}
	return error;
}
