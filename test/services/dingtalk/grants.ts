import { ApiError } from './errors';
import { newId } from '../core/ids';
import { SEED } from './seed';

/** An app that was granted a token. */
export interface AppGrant {
	appKey: string;
	scopes: readonly string[];
	kind: 'internal' | 'thirdParty';
	expiresAt: number;
}

/** The error for a wrong key or secret. Its exact code is UNCONFIRMED. */
function invalidClient(): ApiError {
	return new ApiError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
}

/** Hands out access tokens and knows which are good. */
export class Grants {
	private readonly tokens = new Map<string, AppGrant>();
	private readonly internalTokens = new Map<string, string>();

	constructor(
		private readonly now: () => number,
		readonly lifeSeconds: number,
	) {}

	/** The grant behind a token; undefined when it is unknown, revoked or past its life. */
	find(token: string | undefined): AppGrant | undefined {
		const grant = this.tokens.get(token ?? '');
		return grant && grant.expiresAt > this.now() ? grant : undefined;
	}

	/** An internal app's token: the same one inside its life, which begins anew. */
	internal(appKey: string, appSecret: string): string {
		const apps = [SEED.app, SEED.appWithoutScopes, SEED.appWithoutWrite];
		const app = apps.find((one) => one.appKey === appKey && one.appSecret === appSecret);
		if (!app) throw invalidClient();
		const current = this.internalTokens.get(appKey);
		const grant = this.find(current);
		if (current && grant) {
			grant.expiresAt = this.now() + this.lifeSeconds * 1000;
			return current;
		}
		const token = this.issue({ appKey, scopes: app.scopes, kind: 'internal' });
		this.internalTokens.set(appKey, token);
		return token;
	}

	/** A third-party app's token: a new one each time. */
	thirdParty(suiteKey: string, suiteSecret: string): string {
		const app = SEED.thirdPartyApp;
		if (app.suiteKey !== suiteKey || app.suiteSecret !== suiteSecret) throw invalidClient();
		return this.issue({ appKey: suiteKey, scopes: app.scopes, kind: 'thirdParty' });
	}

	/** Makes every token handed out so far invalid. */
	revokeAll(): void {
		this.tokens.clear();
		this.internalTokens.clear();
	}

	private issue(app: Omit<AppGrant, 'expiresAt'>): string {
		const token = newId(32).toLowerCase();
		this.tokens.set(token, { ...app, expiresAt: this.now() + this.lifeSeconds * 1000 });
		return token;
	}
}
