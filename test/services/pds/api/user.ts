import { checkFields } from '../fields';
import { SEED } from '../seed';
import type { Endpoint } from './endpoint';

/** Who one is, or the user with an id. Who may ask was checked before. */
export const getUserEndpoint: Endpoint = {
	name: 'getUser',
	path: '/v2/user/get',
	handle({ body }) {
		const { user_id: userId } = checkFields(body, { user_id: { type: 'string' } });
		return {
			domain_id: SEED.domainId,
			user_id: userId ?? SEED.jwt.userId,
			role: userId === 'superadmin' ? 'superadmin' : 'user',
			status: 'enabled',
		};
	},
};
