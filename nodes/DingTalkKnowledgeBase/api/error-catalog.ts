import type { ErrorText } from '../../shared/service';

const AGAIN = 'The node has already tried several times. Run the workflow again later.';

const QUOTA = (whose: string): ErrorText => ({
	title: `${whose} has no storage space left`,
	description: 'Delete files or ask the DingTalk administrator of the organisation for more space.',
});

const WRONG_SEARCH = (what: string): ErrorText => ({
	title: `DingTalk does not accept the ${what}`,
	description: 'The node requests one that this organisation does not offer.',
});

/**
 * Texts for all error codes of the official pages of the calls and of the gateway. For an
 * unlisted code, the part before its first dot is looked up.
 */
export const ERROR_TEXTS: Record<string, ErrorText> = {
	paramError: {
		title: 'DingTalk rejected a parameter',
		description: 'Check the IDs and options of this node.',
	},
	'paramError.protocol': {
		title: 'DingTalk rejected the upload protocol',
		description: 'The node requests HEADER_SIGNATURE, which this organisation does not offer.',
	},
	'paramError.parentDentryUuid': {
		title: 'DingTalk does not accept the parent folder',
		description:
			'Enter the dentryUuid of a folder (32 letters and digits, also called node ID) or its link, not a numeric ID.',
	},
	'paramError.storageDriver': {
		title: 'DingTalk rejected the storage driver',
		description: 'The node requests DINGTALK, which this organisation does not offer.',
	},
	'paramError.uploadKey': {
		title: 'DingTalk does not know the upload key',
		description:
			'An upload key belongs to one parent folder and is valid for about 15 minutes: use the same folder as in Get Upload Info and commit soon after the upload.',
	},
	'paramError.name': {
		title: 'DingTalk does not accept the file name',
		description:
			'A name must not contain a tab or any of * " < > | / \\ and must not end with a full stop.',
	},
	'paramError.conflictStrategy': {
		title: 'DingTalk does not accept the conflict strategy',
		description: 'Choose one of the strategies from the list.',
	},
	'paramError-keyword': {
		title: 'DingTalk cannot search for this text',
		description: 'Use another text in "Query", e.g. a word of the name.',
	},
	'paramError.maxResults': WRONG_SEARCH('size of the page'),
	'paramError.searchScopes': WRONG_SEARCH('scope of the search'),
	'paramError.searchTargets': WRONG_SEARCH('target of the search'),
	'paramError.dentryTypes': WRONG_SEARCH('types of files'),
	'paramError.dentryCategories': {
		title: 'DingTalk does not know one of the kinds of files',
		description: 'Choose other values in the option "Kinds", or remove it.',
	},
	'paramError.createTimeRange': {
		title: 'DingTalk does not accept the time of creation',
		description: 'Check the options "Created After" and "Created Before".',
	},
	'paramError.modifiedTimeRange': WRONG_SEARCH('time of modification'),
	'paramError.visitTimeRange': WRONG_SEARCH('time of the visit'),
	'paramError.orderBy': {
		title: 'DingTalk does not accept the order of the list',
		description: 'The node requests an order that this organisation does not offer.',
	},
	'paramError.spaceId': {
		title: 'DingTalk does not accept the ID of the space',
		description: 'The IDs in the item may be old. Enter the link of the file instead.',
	},
	'paramError.dentryId': {
		title: 'DingTalk does not accept the ID of the file or folder',
		description: 'The IDs in the item may be old. Enter the link of the file instead.',
	},
	'paramError.targetSpaceId': {
		title: 'DingTalk does not accept the ID of the target space',
		description: 'Choose the target folder from the list, or enter its link.',
	},
	'paramError.targetFolderId': {
		title: 'DingTalk does not accept the target folder',
		description:
			'It must be a folder, and a folder cannot be put into itself or into one inside of it. Choose another one.',
	},
	'paramError.taskId': {
		title: 'DingTalk does not accept the ID of its own task',
		description: 'Look into DingTalk for what came of it before you run the workflow again.',
	},
	'paramError.dentryUuid': {
		title: 'DingTalk does not accept the dentryUuid',
		description:
			'Enter the dentryUuid of the file (32 letters and digits, also called node ID) or its link, not a numeric ID.',
	},
	'paramError.roleId': {
		title: 'DingTalk does not accept the role',
		description: 'Choose one of the roles from the list.',
	},
	'paramError.permissionMemberType': {
		title: 'DingTalk does not accept the type of a member',
		description: 'Choose one of the types from the list.',
	},
	'paramError.conversationId': {
		title: 'DingTalk does not accept the chat',
		description:
			'Enter the openConversationId of the chat, which begins with "cid", not its name or its older chat ID.',
	},
	dentryUploadError: { title: 'DingTalk could not prepare the upload', description: AGAIN },
	dentryStoreError: {
		title: 'DingTalk could not store the file',
		description: 'The bytes may not have arrived. Run the workflow again.',
	},
	spaceQuotaInsufficient: QUOTA('The knowledge base'),
	sceneQuotaInsufficient: QUOTA('This kind of storage'),
	appQuotaInsufficient: QUOTA('The app'),
	orgQuotaInsufficient: QUOTA('The organisation'),
	dentryUploadForbidden: {
		title: 'Uploading is forbidden here',
		description:
			'The administrator has turned off uploads for this knowledge base, folder or kind of file.',
	},
	dentryUploadProtocolNotSupport: {
		title: 'This storage does not support signed uploads',
		description: 'The organisation may use dedicated storage. Ask its DingTalk administrator.',
	},
	dentryNameIllegal: {
		title: 'DingTalk does not accept the file name',
		description:
			'A name must not contain a tab or any of * " < > | / \\ and must not end with a full stop.',
	},
	dentryNameConflict: {
		title: 'A file with this name is already in the folder',
		description:
			'Choose another conflict strategy (rename, overwrite or keep the existing file) or another name.',
	},
	dentryAlreadyExist: {
		title: 'Something with this name is already in the folder',
		description: 'Choose another name, or another conflict strategy where the operation has one.',
	},
	dentryFormatNotSupport: {
		title: 'This kind of file cannot be converted to an online document',
		description:
			'Turn off "Convert to Online Document". Word, Excel, Markdown, text and mind map files can be converted.',
	},
	operationConcurrentControl: {
		title: 'Another operation is changing the same folder',
		description: `${AGAIN} Lower "Max Concurrency" if it happens often.`,
	},
	dentryDownloadProtocolNotSupport: {
		title: 'This storage does not support signed downloads',
		description: 'The organisation may use dedicated storage. Ask its DingTalk administrator.',
	},
	fileArchived: {
		title: 'The file is archived and is being brought back',
		description:
			'DingTalk has started to bring it back, which can take minutes to hours. Run the workflow again later.',
	},
	orgAuthLevelNotEnough: {
		title: 'The organisation is not verified highly enough for this',
		description:
			'Ask the DingTalk administrator of the organisation to complete its verification in the DingTalk admin console.',
	},
	permissionDenied: {
		title: 'The operator may not upload here',
		description:
			'Give the operator edit rights on this folder or document in DingTalk, or choose another operator.',
	},
	spaceNotExist: {
		title: 'The parent folder does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose the folder again.',
	},
	dentryNotExist: {
		title: 'The file or folder does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose it again.',
	},
	taskNotExist: {
		title: 'DingTalk does not know its own task any more',
		description: 'Look into DingTalk for what came of it before you run the workflow again.',
	},
	conversationNotExist: {
		title: 'The chat does not exist',
		description:
			'It may have been dissolved, or belong to another organisation. Check its openConversationId.',
	},
	folderNotSupport: {
		title: 'A folder cannot be sent as a copy',
		description: 'Turn off the option "Send as Copy" to send its link.',
	},
	recycleBinNotSupportForSpace: {
		title: 'There is no recycle bin for this, so nothing was deleted',
		description:
			'DingTalk has one for drives, and none for knowledge bases. Delete it in DingTalk, or add the option "Delete for Good" if it may be gone for ever.',
	},
	operationNotSupported: {
		title: 'DingTalk does not support this here',
		description:
			'Online documents, and some spaces, lack what other files have. Use DingTalk itself, or choose another file.',
	},
	docNotExist: {
		title: 'The document does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose the document again.',
	},
	workspaceNotExist: {
		title: 'The knowledge base does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose the knowledge base again.',
	},
	isNotWorkspace: {
		title: 'This is not a knowledge base',
		description:
			'The ID is that of something else, such as a folder. Choose the knowledge base from the list, or paste its link.',
	},
	teamNotExist: {
		title: 'The team of the knowledge bases does not exist',
		description: 'It may have been dissolved in DingTalk. Run the workflow again.',
	},
	spaceNotAccessible: {
		title: 'The operator may not see the space',
		description: 'Give the operator access to it in DingTalk, or choose another operator.',
	},
	workspaceNotAccessible: {
		title: 'The operator may not see the knowledge base',
		description: 'Give the operator access to it in DingTalk, or choose another operator.',
	},
	workspaceTeamNotAccessible: {
		title: 'The operator may not see the team of the knowledge base',
		description: 'Make the operator a member of it in DingTalk, or choose another operator.',
	},
	nodeNotExist: {
		title: 'The folder or document does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose it again.',
	},
	documentNotExist: {
		title: 'Nothing was found behind this link',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app.',
	},
	'invalidRequest.document.stillInitializing': {
		title: 'The document is still being prepared by DingTalk',
		description: AGAIN,
	},
	'forbidden.acrossOrg': {
		title: 'The link belongs to another organisation',
		description: 'Use an app of that organisation in the credential.',
	},
	systemError: { title: 'DingTalk had an internal error', description: AGAIN },
	unknownError: { title: 'DingTalk had an unknown error', description: AGAIN },
	operationTimeout: { title: 'DingTalk took too long', description: AGAIN },
	InvalidAuthentication: {
		title: 'DingTalk did not accept the access token',
		description:
			'A newly fetched token was refused as well. Check that app and region in the credential belong together.',
	},
	invalidClientIdOrSecret: {
		title: 'DingTalk does not know this app key and secret',
		description:
			'Check App Key (Client ID) and App Secret in the credential, and its region: dingtalk.io does not know apps of dingtalk.com, and vice versa.',
	},
	'Forbidden.AccessDenied.AccessTokenPermissionDenied': {
		title: 'The app lacks a permission',
		description:
			'In the DingTalk developer console, open the app, then Permissions, and apply for it. Then try again.',
	},
	'Forbidden.AccessDenied.IpNotInWhiteList': {
		title: 'DingTalk does not accept calls from this server',
		description:
			"Add the server's public IP address to the app's allow-list in the DingTalk developer console.",
	},
	'Forbidden.AccessDenied.ApiCountLimitForOrg': {
		title: 'The organisation has used up its API calls for this month',
		description:
			'The standard edition includes 5,000 calls a month, and an upload takes two. Wait for the next month or upgrade the edition.',
	},
	'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': {
		title: 'The app makes too many calls a second',
		description: `${AGAIN} Lower "Max Requests per Second" if other programs use the same app.`,
	},
	'Forbidden.AccessDenied.QpsLimitForApi': {
		title: 'DingTalk receives too many calls at the moment',
		description: AGAIN,
	},
	'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi': {
		title: 'The app makes too many calls a minute',
		description: `${AGAIN} Lower "Max Requests per Second".`,
	},
	'InvalidAction.NotFound': {
		title: 'DingTalk does not know this API call',
		description: 'Check the region or the base URL in the credential.',
	},
};

/** The equivalents of the old `/topapi` codes, which come as `errcode` or `sub_code`. */
export const LEGACY_ERROR_CODES: Record<string, string> = {
	'40014': 'InvalidAuthentication',
	'60011': 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
	'60020': 'Forbidden.AccessDenied.IpNotInWhiteList',
	'90002': 'Forbidden.AccessDenied.QpsLimitForApi',
	'90018': 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
	'90020': 'Forbidden.AccessDenied.ApiCountLimitForOrg',
	'-1': 'systemError',
};

/** Returns the text for a code, or for the part before its first dot. */
export function textFor(code: string): ErrorText | undefined {
	if (/invalid[._]?client/i.test(code)) return ERROR_TEXTS.invalidClientIdOrSecret;
	return [code, code.split('.')[0]]
		.filter((known) => Object.hasOwn(ERROR_TEXTS, known))
		.map((known) => ERROR_TEXTS[known])[0];
}
