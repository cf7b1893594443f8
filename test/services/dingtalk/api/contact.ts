import { ApiError, LegacyError } from '../errors';
import { checkFields } from '../fields';
import { type Endpoint, USERS } from './endpoint';

function legacyArgument(body: unknown, name: string): string {
	const value = (body as Record<string, unknown> | undefined)?.[name];
	if (value === undefined || value === '') throw new LegacyError(40035, `缺少参数 ${name}`);
	return String(value);
}

function userNotFound(): LegacyError {
	return new LegacyError(60121, '找不到该用户');
}

/** Who is who: user id, mobile number and union id. */
export const contactEndpoints: Endpoint[] = [
	{
		name: 'userGet',
		method: 'POST',
		path: '/topapi/v2/user/get',
		access: 'query',
		bodies: ['json', 'form'],
		scope: 'qyapi_get_member',
		handle({ body }) {
			const userId = legacyArgument(body, 'userid');
			const user = USERS.find((one) => one.userId === userId);
			if (!user) throw userNotFound();
			const { name, unionId, mobile } = user;
			const result = { userid: userId, unionid: unionId, name, mobile, active: true };
			return { errcode: 0, errmsg: 'ok', result };
		},
	},
	{
		name: 'userGetByMobile',
		method: 'POST',
		path: '/topapi/v2/user/getbymobile',
		access: 'query',
		bodies: ['json', 'form'],
		scope: 'qyapi_get_member_by_mobile',
		handle({ body }) {
			const mobile = legacyArgument(body, 'mobile');
			const user = USERS.find((one) => one.mobile === mobile);
			if (!user) throw userNotFound();
			return { errcode: 0, errmsg: 'ok', result: { userid: user.userId } };
		},
	},
	{
		name: 'userGetByUnionId',
		method: 'POST',
		path: '/topapi/user/getbyunionid',
		access: 'query',
		bodies: ['json', 'form'],
		scope: 'qyapi_get_member',
		handle({ body }) {
			const unionId = legacyArgument(body, 'unionid');
			const user = USERS.find((one) => one.unionId === unionId);
			if (!user) throw userNotFound();
			return { errcode: 0, errmsg: 'ok', result: { contact_type: 0, userid: user.userId } };
		},
	},
	{
		name: 'contactUser',
		method: 'GET',
		path: '/v1.0/contact/users/:unionId',
		access: 'header',
		scope: 'Contact.User.Read',
		handle({ params, body }) {
			checkFields(body ?? {}, {});
			// 'me' needs a user's own token, which this service does not hand out; the code of the
			// refusal, and that of an unknown user, are UNCONFIRMED.
			const user = USERS.find((one) => one.unionId === params.unionId);
			if (!user) throw new ApiError(404, 'userNotExist', '用户不存在');
			const { name, unionId, mobile } = user;
			return { nick: name, unionId, mobile, stateCode: '86', openId: `${unionId}-open` };
		},
	},
];
