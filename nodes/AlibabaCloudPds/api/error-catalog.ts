import type { ErrorText } from '../../shared/service';

const AGAIN = 'The node has already tried several times. Run the workflow again later.';

const FULL = (whose: string): ErrorText => ({
	title: `${whose} has no space left`,
	description: 'Delete files, or ask the administrator of the PDS domain for more space.',
});

/**
 * Texts by error code. For an unlisted code, its last segment is removed until one is listed:
 * `NotFound.UploadId.x`, `NotFound.UploadId`, `NotFound`.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/error-codes
 */
const ERROR_TEXTS: Record<string, ErrorText> = {
	InvalidParameter: {
		title: 'Alibaba Cloud PDS rejected a parameter',
		description: 'Check the IDs and options of this node.',
	},
	InvalidParameterMissing: {
		title: 'The call to Alibaba Cloud PDS lacks a parameter',
		description: 'Check the IDs and options of this node.',
	},
	InvalidParameterNotSupported: {
		title: 'The PDS domain does not support an option',
		description: 'Remove the option, or ask the administrator of the PDS domain to turn it on.',
	},
	InvalidResource: {
		title: 'Alibaba Cloud PDS rejected an ID',
		description: 'Check drive, parent folder and file.',
	},
	AccessTokenInvalid: {
		title: 'Alibaba Cloud PDS did not accept the access token',
		description:
			'It may have expired, been revoked, or belong to another domain. Enter a new one in the credential, or choose the authentication "JWT App" to let the node fetch tokens.',
	},
	AccessTokenExpired: {
		title: 'The access token has expired',
		description:
			'Enter a new one in the credential, or choose the authentication "JWT App" to let the node fetch tokens.',
	},
	TokenExpired: {
		title: 'The access token has expired',
		description:
			'Enter a new one in the credential, or choose the authentication "JWT App" to let the node fetch tokens.',
	},
	ShareLinkTokenInvalid: {
		title: 'The share link is no longer valid',
		description: 'Use another share, or the drive itself.',
	},
	Unauthorized: {
		title: 'Alibaba Cloud PDS did not accept the credential',
		description: 'Check the kind of authentication and its fields in the credential.',
	},
	InvalidAssertion: {
		title: 'Alibaba Cloud PDS did not accept the signature of the app',
		description:
			'Check App ID, private key, subject and domain ID in the credential, and the clock of the n8n server.',
	},
	InvalidClientId: {
		title: 'Alibaba Cloud PDS does not know the app',
		description: 'Check App ID and domain ID in the credential.',
	},
	InvalidAccessKeyId: {
		title: 'Alibaba Cloud does not know the AccessKey ID',
		description: 'Check it in the credential. Temporary keys also need their security token.',
	},
	SignatureDoesNotMatch: {
		title: 'Alibaba Cloud PDS did not accept the signature',
		description:
			'Check the AccessKey secret in the credential. A proxy that adds or rewrites headers has the same effect.',
	},
	SignatureNonceUsed: {
		title: 'Alibaba Cloud PDS received the same signed request twice',
		description: 'Run the workflow again. A proxy may be repeating requests.',
	},
	RequestTimeTooSkewed: {
		title: 'The clock of the n8n server is wrong',
		description: 'It must not be off by more than 15 minutes: synchronize it with NTP.',
	},
	ForbiddenNoPermission: {
		title: 'The account is not allowed to do this',
		description:
			'Give it permission to upload to this drive and folder in PDS, or use another account in the credential.',
	},
	Forbidden: {
		title: 'Alibaba Cloud PDS forbids this',
		description:
			'Check the permissions of the account, and whether the drive and the domain are enabled.',
	},
	AlreadyExist: {
		title: 'It already exists',
		description: 'Choose another name or another "Conflict Strategy".',
	},
	'AlreadyExist.File': {
		title: 'The file already exists',
		description:
			'The upload was already completed, or a file with this name exists. Choose another name or another "Conflict Strategy".',
	},
	PreHashMatched: {
		title: 'A file that begins with the same bytes is already stored',
		description: 'The service wants the hash of the whole file.',
	},
	NotFound: {
		title: 'Alibaba Cloud PDS cannot find it',
		description: 'Check the drive, folder and file; one of them may have been deleted.',
	},
	'NotFound.Domain': {
		title: 'The PDS domain does not exist',
		description: 'Check the domain ID in the credential.',
	},
	'NotFound.Drive': {
		title: 'The drive does not exist',
		description: 'Check the drive ID. A drive belongs to one domain.',
	},
	'NotFound.File': {
		title: 'The file or folder does not exist',
		description: 'Check the parent folder and the file; one of them may have been deleted.',
	},
	'NotFound.UploadId': {
		title: 'The upload is no longer known to Alibaba Cloud PDS',
		description: 'It was completed, or cleaned up after ten days. Start the upload again.',
	},
	QuotaExhausted: FULL('The storage'),
	'QuotaExhausted.Drive': FULL('The drive'),
	'QuotaExhausted.User': FULL('The user'),
	'QuotaExhausted.Group': FULL('The group'),
	'QuotaExhausted.Domain': FULL('The PDS domain'),
	FileSizeExceeded: {
		title: 'The file is larger than this drive accepts',
		description: 'Ask the administrator of the PDS domain for the limit.',
	},
	Throttling: { title: 'Alibaba Cloud PDS receives too many requests', description: AGAIN },
	TooManyRequests: {
		title: 'Alibaba Cloud PDS receives too many requests',
		description: `${AGAIN} Lower "Max Concurrency" if it happens often.`,
	},
	InternalError: { title: 'Alibaba Cloud PDS had an internal error', description: AGAIN },
	ServiceUnavailable: { title: 'Alibaba Cloud PDS is not available', description: AGAIN },
	D504TO: { title: 'Alibaba Cloud PDS took too long', description: AGAIN },
};

/** Returns the text for a code, or for the nearest listed one. */
export function textFor(code: string): ErrorText | undefined {
	if (Object.hasOwn(ERROR_TEXTS, code)) return ERROR_TEXTS[code];
	const parent = code.slice(0, Math.max(0, code.lastIndexOf('.')));
	return parent ? textFor(parent) : undefined;
}
