import { createVerify } from 'node:crypto';
import { newId } from '../../core/ids';
import { invalid, notFound } from '../errors';
import { APP_PUBLIC_KEY, SEED } from '../seed';
import { type Caller, SUPERADMIN } from '../tokens';
import type { World } from '../world';
import type { Endpoint } from './endpoint';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const { appId, userId } = SEED.jwt;

interface Claims {
	iss?: unknown;
	sub?: unknown;
	sub_type?: unknown;
	aud?: unknown;
	jti?: unknown;
	exp?: unknown;
	nbf?: unknown;
	auto_create?: unknown;
}

function decoded(part: string): Record<string, unknown> {
	try {
		return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
	} catch {
		throw invalid('assertion', '', 'It is no JWT.');
	}
}

function checkClaims(claims: Claims, nowSeconds: number): void {
	const refuse = (claim: keyof Claims) => invalid('assertion', '', `Its ${claim} is wrong.`);
	const { iss, sub, sub_type: kind, aud, jti, exp, nbf = 0 } = claims;
	if (iss !== appId) throw refuse('iss');
	if (aud !== SEED.domainId) throw refuse('aud');
	if (kind !== 'user' && kind !== 'service') throw refuse('sub_type');
	if (typeof jti !== 'string' || jti.length < 16 || jti.length > 128) throw refuse('jti');
	if (typeof exp !== 'number' || exp <= nowSeconds) throw refuse('exp');
	if (typeof nbf !== 'number' || nbf > nowSeconds) throw refuse('nbf');
	if (kind === 'service' && sub !== SEED.domainId) throw refuse('sub');
	if (kind === 'user' && sub !== userId) {
		if (typeof sub !== 'string' || sub === '') throw refuse('sub');
		if (claims.auto_create !== true) throw notFound('User');
	}
}

function verify(assertion: string, nowMs: number): Claims {
	const [header = '', payload = '', signature = '', ...more] = assertion.split('.');
	if (more.length > 0 || decoded(header).alg !== 'RS256') {
		throw invalid('assertion', '', 'It is no JWT by RS256.');
	}
	const signed = createVerify('RSA-SHA256').update(`${header}.${payload}`);
	if (!signed.verify(APP_PUBLIC_KEY, signature, 'base64url')) {
		throw invalid('assertion', '', 'Its signature is wrong.');
	}
	const claims: Claims = decoded(payload);
	checkClaims(claims, Math.floor(nowMs / 1000));
	return claims;
}

function grant(world: World, { sub, sub_type: kind }: Claims): Record<string, unknown> {
	const caller: Caller = kind === 'user' ? { userId: String(sub), role: 'user' } : SUPERADMIN;
	const { token, endsAt } = world.tokens.issue(caller);
	return {
		access_token: token,
		refresh_token: newId(32),
		expires_in: world.tokens.lifeSeconds,
		expire_time: new Date(endsAt).toISOString(),
		token_type: 'Bearer',
		default_drive_id: SEED.driveId,
		user_id: caller.userId,
		domain_id: SEED.domainId,
		role: caller.role,
	};
}

/** The call a JWT app gets its access tokens by. Its errors' codes are UNCONFIRMED. */
export const tokenEndpoint: Endpoint = {
	name: 'token',
	path: '/v2/oauth/token',
	bodies: ['form'],
	anonymous: true,
	handle({ world, body }) {
		const { grant_type: type, client_id: client, assertion } = body as Record<string, string>;
		if (!type) throw invalid('grant_type', 'Missing');
		if (type !== GRANT_TYPE) throw invalid('grant_type', 'NotSupported');
		if (client !== appId) throw invalid('client_id');
		if (!assertion) throw invalid('assertion', 'Missing');
		return grant(world, verify(assertion, world.settings.now()));
	},
};
