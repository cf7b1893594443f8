import { inspect } from 'node:util';
import { expect } from 'vitest';

import type { RunResult } from '../../engine';
import type { RecordedCall } from '../../services/core/types';
import { SEED } from '../../services/dingtalk';
import { SEED as PDS } from '../../services/pds';

/** What no run may ever emit. */
const ALWAYS_SECRET: Record<string, string> = {
	'app secret': SEED.app.appSecret,
	'app secret of the bare app': SEED.appWithoutScopes.appSecret,
	'app secret of the half app': SEED.appWithoutWrite.appSecret,
	'suite secret': SEED.thirdPartyApp.suiteSecret,
	'suite ticket': SEED.thirdPartyApp.suiteTicket,
	'secret key of OSS': SEED.oss.accessKeySecret,
	'private key': PDS.jwt.privateKey.slice(40, 80),
	'AccessKey secret': PDS.accessKey.secret,
	'STS secret': PDS.accessKey.sts.secret,
	'security token': PDS.accessKey.sts.securityToken,
	'access token of the seed': PDS.accessToken,
};

/** What is part of signed headers and addresses: only Get Upload Info may give it out. */
const KEY_ID = { 'key id of OSS': SEED.oss.accessKeyId };

/** What a run put out, sorted by who reads it. */
export interface Emitted {
	/** Errors, logs and hints: for people. */
	said: unknown[];
	/** The items of the nodes. */
	items: unknown[];
	/** Get Upload Info's very job is to give out signed headers. */
	signaturesInItems?: boolean;
}

/** Looks for every secret of the seed, and every token and signature that was ever on the wire. */
export class SecretWatch {
	private readonly tokens = new Set<string>();

	private readonly signatures = new Set<string>();

	/** Remembers the tokens and signatures of the calls so far. */
	learn(calls: Array<Pick<RecordedCall, 'headers' | 'query'>>): void {
		for (const { headers, query } of calls) {
			const { authorization = '' } = headers;
			const [, bearer] = /^Bearer (\S+)/.exec(authorization) ?? [];
			const token = headers['x-acs-dingtalk-access-token'] ?? query.access_token ?? bearer;
			if (token) this.tokens.add(token);
			const [, inHeader] = /^OSS [^:]+:(.+)$/.exec(authorization) ?? [];
			for (const signature of [inHeader, query.Signature, query['x-oss-signature']]) {
				if (signature) this.signatures.add(signature).add(encodeURIComponent(signature));
			}
		}
	}

	/** The names of the secrets in a text. */
	find(text: string, { signaturesAllowed = false } = {}): string[] {
		const always = signaturesAllowed ? ALWAYS_SECRET : { ...ALWAYS_SECRET, ...KEY_ID };
		return [
			...Object.keys(always).filter((name) => text.includes(always[name])),
			...foundIn(text, 'access token', this.tokens),
			...(signaturesAllowed ? [] : foundIn(text, 'signature', this.signatures)),
		];
	}

	expectNoneIn({ said, items, signaturesInItems = false }: Emitted): void {
		expect(this.find(asText(said)), 'secrets in errors, logs and hints').toEqual([]);
		const inItems = this.find(asText(items), { signaturesAllowed: signaturesInItems });
		expect(inItems, 'secrets in items').toEqual([]);
	}
}

/** Everything a run emitted. */
export function emittedBy({ error, runData, logs }: RunResult): Emitted {
	const runs = Object.values(runData).flat();
	const errors = runs.map((run) => run.error);
	const hints = runs.map((run) => run.hints);
	const items = runs.flatMap((run) => Object.values(run.data ?? {}).flat(2));
	const errorItems = items.map((item) => item?.error ?? item?.json.error);
	return { said: [error, errors, logs, hints, errorItems], items };
}

/** All of a value, also what JSON leaves out: causes, stacks, symbols. */
function asText(value: unknown): string {
	const everything = { depth: 20, maxStringLength: null, maxArrayLength: null };
	return inspect(value, { ...everything, breakLength: Infinity, showHidden: true });
}

function foundIn(text: string, name: string, values: Set<string>): string[] {
	return [...values].flatMap((value, index) =>
		text.includes(value) ? [`${name} ${index + 1}`] : [],
	);
}
