import { USER_AGENT } from '../../nodes/shared/transport';
import type { CallName } from '../services/dingtalk';
import type { Difference } from './compare';

/** Why the two clients may differ in a field. */
export interface Explanation {
	field: string;
	/** Whether it is this very difference. */
	fits: (difference: Difference) => boolean;
	/** In place of values that depend on the machine or the case. */
	sdk?: string;
	node?: string;
	why: string;
}

const byUploadFile = ({ title }: Difference) => title.endsWith('by Upload File');
const notInSdk = ({ sdk }: Difference) => sdk === undefined;

/** All differences there may be; any other fails the test. */
export const EXPLANATIONS: Explanation[] = [
	{
		field: 'header user-agent',
		fits: ({ sdk = '', node }) =>
			/^"AlibabaCloud \(/.test(sdk) && node === JSON.stringify(USER_AGENT),
		sdk: 'itself, operating system, version of Node.js',
		node: 'itself: name and version of the package',
		why: 'Logs tell who calls; the service need not know what n8n runs on.',
	},
	{
		field: 'header accept-encoding',
		fits: (difference) => notInSdk(difference) && difference.node === '"identity"',
		why: 'Answers are a few kilobytes; a gateway that packs them is one more thing that can break.',
	},
	{
		field: 'header transfer-encoding',
		fits: ({ sdk, node }) => sdk === '"chunked"' && node === undefined,
		why: 'The SDK streams the JSON; the node sends it in one piece, of which the length is known.',
	},
	{
		field: 'header content-length',
		fits: ({ sdk, node = '' }) => sdk === undefined && /^"\d+"$/.test(node),
		node: 'bytes of the body',
		why: 'In place of `transfer-encoding`.',
	},
	{
		field: 'body option.storageDriver',
		fits: (difference) => notInSdk(difference) && difference.node === '"DINGTALK"',
		why: 'The node always names the storage; it is the only one that the documentation allows.',
	},
	{
		field: 'body option.size',
		fits: (difference) =>
			notInSdk(difference) && difference.node === '7' && byUploadFile(difference),
		node: 'bytes that were sent',
		why: 'Upload File always has the service compare the size, so that a file that was cut on the way is not committed.',
	},
	{
		field: 'path',
		fits: ({ title, node }) =>
			title === 'ids of signs from the service' && /dentries\/3%252F4\/folders"$/.test(node ?? ''),
		why: 'The SDK puts ids into the path as they are; the node encodes them, so that no id can lead to another call. The ids of the service are letters, digits, `-` and `_`, where the two forms are the same.',
	},
];

export function explanationOf(difference: Difference): Explanation | undefined {
	return EXPLANATIONS.find((each) => each.field === difference.field && each.fits(difference));
}

/** Fields of the SDK's requests that the node does not send, by call. */
export const NOT_SENT: Partial<Record<CallName, Record<string, string>>> = {
	listWorkspaces: {
		teamId: 'The list shows the knowledge bases of all teams.',
	},
	listNodes: {
		withPermissionRole: 'The node reads no roles here; the service checks them with each call.',
	},
	queryByUrl: { option: 'Asks for roles and statistics, which the node does not read.' },
	createFolder: {
		'option.appProperties': 'Properties are for files; folders on the path may be shared.',
	},
	addPermission: {
		option: 'It gives a role an end, which only the spaces of apps have.',
	},
	getDentry: { option: 'Asks for thumbnails and the properties of other apps.' },
	searchDentries: {
		'option.creatorIds': 'The documentation does not say of which kind these IDs are.',
		'option.modifierIds': 'As above.',
		'option.spaceIds': 'In the SDK only, not in the documentation.',
		'option.visitTimeRange': 'The documentation does not say whose visits count.',
	},
	listDentries: {
		withThumbnail: 'A thumbnail is a signed address that is soon worthless, and makes calls slow.',
	},
};

/** Calls of the node that have no counterpart in the SDK, with where their form is from. */
export const NOT_IN_SDK: Array<{ names: CallName[]; path: string; why: string }> = [
	{
		names: ['userGet', 'userGetByMobile'],
		path: '/topapi/v2/user/get',
		why: 'POST `/topapi/v2/user/get` and `…/getbymobile`, with which an operator is found by user id or mobile number, belong to the old API on another host, which the SDK does not cover. Their form is that of the documentation; `test/nodes/DingTalkKnowledgeBase/inputs/operator.test.ts` checks it.',
	},
	{
		names: ['userGetByUnionId'],
		path: '/topapi/user/getbyunionid',
		why: 'POST `/topapi/user/getbyunionid`, with which a member is found by union id, belongs to the old API too; `test/nodes/DingTalkKnowledgeBase/file/share.test.ts` checks it.',
	},
	{
		names: ['queryDentryUuid'],
		path: '/v2.0/doc/documents/queryDentryUuid',
		why: 'GET `/v2.0/doc/documents/queryDentryUuid`, for links that the knowledge base does not know, is newer than the SDK.',
	},
	{
		names: ['ossPut', 'docPut', 'ossGet'],
		path: '',
		why: 'PUT to the storage, and GET from it: the SDK leaves them to its user. The local storage checks its signature as OSS does (`test/services/core/oss`).',
	},
];
