import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { readText } from '../../shared/options';
import { choice, readOption, text, type Parameter } from '../../shared/parameter';
import type { Member, Role } from '../api/add-permissions';
import { readMobile } from './operator';

/** What the IDs of people are. */
export type PersonIdType = 'unionId' | 'userId' | 'mobile';

const memberType = choice({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'USER',
	options: [
		{ name: 'Chat', value: 'CONVERSATION', description: 'Everyone in a chat' },
		{ name: 'Department', value: 'DEPT', description: 'Everyone in a department' },
		{ name: 'Organisation', value: 'ORG', description: 'Everyone in the organisation' },
		{ name: 'Person', value: 'USER' },
	],
});

/** The members as given, each with a type and perhaps an ID. */
export const membersParameter: Parameter<Array<Omit<Member, 'corpId'>>> = {
	field: {
		displayName: 'Members',
		name: 'members',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		required: true,
		placeholder: 'Add Member',
		description: 'Who gets the role',
		options: [
			{
				displayName: 'Member',
				name: 'member',
				values: [
					{
						displayName: 'ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. manager4220',
						description:
							'The user ID of a person, the ID of a department, the Corp ID of the organisation, or the openConversationId of a chat. Several are separated by commas, or come as a list from an expression.',
					},
					memberType.field,
				],
			},
		],
	},
	read: readMembers,
};

export const roleParameter = choice({
	displayName: 'Role',
	name: 'role',
	type: 'options',
	default: 'READER',
	description:
		'What the members may do. Who has a higher role already, here or from a folder above, keeps that one.',
	options: [
		{ name: 'Downloader', value: 'DOWNLOADER', description: 'See and download' },
		{ name: 'Editor', value: 'EDITOR', description: 'See, download, edit and add files' },
		{
			name: 'Manager',
			value: 'MANAGER',
			description: 'Also rename, move, copy, delete and share',
		},
		{ name: 'Reader', value: 'READER', description: 'Only see' },
	],
});

const memberIdTypeOption = choice({
	displayName: 'Member ID Type',
	name: 'memberIdType',
	type: 'options',
	default: 'userId',
	description:
		'What the IDs of people are; others than user IDs are looked up in the contact directory',
	options: [
		{
			name: 'Mobile',
			value: 'mobile',
			description: 'The app needs permission to look up members by mobile number',
		},
		{
			name: 'Union ID',
			value: 'unionId',
			description: 'The app needs permission to read contacts',
		},
		{ name: 'User ID', value: 'userId', description: 'As shown in the DingTalk admin console' },
	],
});

const corpIdOption = text({
	displayName: 'Corp ID',
	name: 'corpId',
	type: 'string',
	default: '',
	placeholder: 'e.g. ding16b241fd05f8a288',
	description:
		'The ID of the organisation, which departments need. The home page of the DingTalk developer console shows it.',
});

export const shareOptions = [corpIdOption, memberIdTypeOption];

/** Who gets which role, as given by an item's parameters. */
export interface ShareInput {
	role: Role;
	/** Of people, the ID is of `personIdType`. */
	members: Member[];
	personIdType: PersonIdType;
}

/**
 * Completes the members with the option "Corp ID".
 *
 * @param corpId that of the credential
 * @throws {UploadError} for a member that lacks what its type needs, and for values that are not
 * allowed
 */
export function readShare(
	given: Array<Omit<Member, 'corpId'>>,
	options: IDataObject,
	{ corpId: corpIdOfApp }: { corpId: string },
): Omit<ShareInput, 'role'> {
	const personIdType = readOption(options, memberIdTypeOption) ?? 'userId';
	const corpId = readOption(options, corpIdOption) || corpIdOfApp || undefined;
	const members = given.map((member) => complete(member, { personIdType, corpId }));
	const keys = members.map(({ type, id }) => JSON.stringify([type, id]));
	return { personIdType, members: members.filter((_, at) => keys.indexOf(keys[at]) === at) };
}

function complete(
	{ type, id: given }: Omit<Member, 'corpId'>,
	{ personIdType, corpId }: { personIdType: PersonIdType; corpId?: string },
): Member {
	const id = given || (type === 'ORG' && corpId) || '';
	if (id === '') throw missing(type === 'ORG' ? 'the organisation' : 'a member');
	switch (type) {
		case 'CONVERSATION':
			return { type, id };
		case 'ORG':
			return { type, id, corpId: id };
		case 'DEPT':
			if (!corpId) throw missing('the organisation');
			return { type, id, corpId };
		default:
			return { type, id: personIdType === 'mobile' ? readMobile(id, "A member's") : id, corpId };
	}
}

function missing(whose: 'the organisation' | 'a member') {
	return whose === 'a member'
		? badInput('A member has no ID', 'Enter one or remove the member.')
		: badInput(
				'The Corp ID of the organisation is missing',
				'A department or the organisation as a member needs it. Enter it in the option "Corp ID"; the home page of the DingTalk developer console shows it.',
			);
}

function readMembers(given: unknown): Array<Omit<Member, 'corpId'>> {
	const list = listOf(given);
	if (list.length === 0) {
		throw badInput('No members are given', 'Add at least one in "Members".');
	}
	return list.flatMap(({ type: given, id }) => {
		const type = memberType.read(given, 'Type of a member') ?? 'USER';
		return idsOf(id).map((each) => ({ type, id: each }));
	});
}

/** Returns the IDs in a field: one, several with commas, or the list that an expression returns. */
function idsOf(given: unknown): string[] {
	const texts = [given].flat().map((each) => readText(each, 'ID of a member') ?? '');
	const ids = texts.flatMap((each) => each.split(',')).map((each) => each.trim());
	const found = ids.filter((each) => each !== '');
	return found.length > 0 ? found : [''];
}

/**
 * Returns the list of members. The form gives `{ member: [] }`; other programs that make workflows
 * may give the list or a single member.
 */
function listOf(given: unknown): IDataObject[] {
	if (given === undefined || given === null || given === '') return [];
	const inside = isObject(given) && Object.hasOwn(given, 'member') ? given.member : given;
	if (isObject(inside) && Object.keys(inside).length === 0) return [];
	const list = [inside ?? []].flat() as unknown[];
	if (list.every(isObject)) return list;
	throw badInput(
		'The members are not a list of members',
		'Each needs a type (USER, DEPT, ORG or CONVERSATION) and an ID.',
	);
}
