import { knownId, knownNumber } from '../core/ids';
import { BUCKET } from '../core/oss/bucket';

const CORP_ID = 'dinglocal0f1e2d3c4b5a6978';

/** Every permission the service asks for anywhere. */
export const ALL_SCOPES = [
	'Storage.UploadInfo.Read',
	'Storage.DownloadInfo.Read',
	'Storage.File.Read',
	'Storage.File.Write',
	'Storage.Dentry.Search',
	'Storage.Task.Read',
	'Storage.Permission.Write',
	'ConvFile.File.Send',
	'Wiki.Workspace.Read',
	'Wiki.Workspace.Search',
	'Wiki.Node.Read',
	'Document.WorkspaceDocument.Read',
	'Document.WorkspaceDocument.Write',
	'Contact.User.Read',
	'qyapi_get_member',
	'qyapi_get_member_by_mobile',
];

function app(name: string, scopes: string[]) {
	return {
		appKey: `ding${knownId(`${name} key`, 16).toLowerCase()}`,
		appSecret: knownId(`${name} secret`, 64),
		scopes,
	};
}

function user(name: string, userId: string, mobile: string) {
	return { name, userId, mobile, unionId: `${knownId(`${name} union`, 22)}iE` };
}

function knowledgeBase(name: string) {
	const workspaceId = knownId(`workspace ${name}`, 16);
	return {
		name,
		workspaceId,
		spaceId: knownNumber(`space ${name}`),
		rootDentryUuid: knownId(`root ${name}`),
		url: `https://alidocs.dingtalk.com/i/spaces/${workspaceId}/overview`,
	};
}

function entry(name: string, path: string) {
	const dentryUuid = knownId(`dentry ${path}`);
	return {
		name,
		path,
		dentryUuid,
		dentryId: knownNumber(`dentry ${path}`),
		url: `https://alidocs.dingtalk.com/i/nodes/${dentryUuid}`,
	};
}

function onlineDocument(name: string) {
	const shortId = knownId(`short ${name}`, 12);
	return {
		...entry(name, `/${name}`),
		docKey: knownId(`docKey ${name}`, 16),
		dentryKey: knownId(`dentryKey ${name}`, 16),
		/** A link the dentryUuid cannot be read from. */
		shortUrl: `https://alidocs.dingtalk.com/i/p/${shortId}`,
		shortId,
	};
}

const operator = user('Ada Operator', 'manager4321', '13800000001');
const teamHandbook = knowledgeBase('Team Handbook');
const manyFolders = knowledgeBase('Project Archive');
const readOnly = knowledgeBase('Company Policies');
const otherNames = ['产品文档', 'Engineering', 'Sales & Marketing'];
const numbered = Array.from({ length: 28 }, (_, i) => `Project ${String(i + 1).padStart(2, '0')}`);

/** What is there from the start: the ids tests and examples use. The same in every run. */
export const SEED = {
	corpId: CORP_ID,
	/** An internal app with every permission. */
	app: app('internal app', ALL_SCOPES),
	/** An internal app that was granted nothing. */
	appWithoutScopes: app('bare app', []),
	/** An internal app that may ask for upload info but not commit. */
	appWithoutWrite: app(
		'half app',
		ALL_SCOPES.filter((scope) => !scope.endsWith('.Write')),
	),
	/** A third-party enterprise app, authorised by the organisation. */
	thirdPartyApp: {
		suiteKey: `suite${knownId('suite key', 16).toLowerCase()}`,
		suiteSecret: knownId('suite secret', 64),
		suiteTicket: knownId('suite ticket', 32),
		corpId: CORP_ID,
		scopes: ALL_SCOPES,
	},
	/** May write everywhere but in `readOnlyKnowledgeBase`. */
	operator,
	/** Has no rights in any team knowledge base. */
	otherUser: user('Ben Outsider', 'user0815', '13800000002'),
	/** The operator's "My Documents". */
	myDocuments: knowledgeBase('My Documents'),
	/** The other user's "My Documents". */
	otherUserDocuments: knowledgeBase('My Documents of Ben'),
	teamHandbook,
	/** Has 120 folders at its root. */
	manyFolders,
	/** The operator may only read here. */
	readOnlyKnowledgeBase: readOnly,
	/** The 34 team knowledge bases, in listing order. */
	knowledgeBases: [
		teamHandbook,
		manyFolders,
		readOnly,
		...[...otherNames, ...numbered].map(knowledgeBase),
	],
	/** Folders of the Team Handbook. */
	folders: {
		invoices: entry('Invoices', '/Invoices'),
		invoices2025: entry('2025', '/Invoices/2025'),
		invoices2026: entry('2026', '/Invoices/2026'),
		invoicesMarch: entry('March', '/Invoices/2026/March'),
		chinese: entry('合同 2026', '/合同 2026'),
		empty: entry('Empty', '/Empty'),
	},
	/** Online documents of the Team Handbook. */
	documents: {
		meetingNotes: onlineDocument('Meeting Notes.adoc'),
		budget: onlineDocument('Budget.axls'),
	},
	/** Ordinary files of the Team Handbook. */
	files: { welcome: entry('welcome.txt', '/welcome.txt') },
	/** A drive, which is no knowledge base: its space has a recycle bin. */
	drive: {
		...knowledgeBase('Team Drive'),
		outline: entry('outline.txt', '/drive/outline.txt'),
		/** A folder that holds the next. */
		sketches: entry('Sketches', '/drive/Sketches'),
		sketch: entry('first.png', '/drive/Sketches/first.png'),
	},
	/** A chat that the operator is in. */
	chat: {
		openConversationId: `cid${knownId('chat', 30)}==`,
		members: [operator.unionId],
		/** Of its storage, and of a file in it. */
		spaceId: knownNumber('space of the chat'),
		fileId: knownNumber('file in the chat'),
	},
	/** Bytes the whole organisation may store. */
	orgQuotaBytes: 100 * 1024 ** 3,
	/** The key pair DingTalk signs with, and the bucket behind the OSS front. */
	oss: BUCKET,
};

/** A knowledge base of the seed. */
export type SeedKnowledgeBase = typeof teamHandbook;
