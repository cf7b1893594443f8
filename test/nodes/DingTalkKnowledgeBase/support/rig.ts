import {
	startLocalDingTalk,
	type CallName,
	type LocalDingTalk,
	type LocalDingTalkOptions,
} from '../../../services/dingtalk';
import { opened, Rig, type RigOptions } from '../../support/rig';
import { credentialFor, NODE, upload, type Outcome, type UploadOptions } from './uploads';

export { credentialFor, NODE, sha256, thirdParty, uploadOf, uploadResourceOf } from './uploads';

export type DingTalkRigOptions = RigOptions<LocalDingTalkOptions>;

/** The DingTalk node against a local DingTalk. */
export class DingTalkRig extends Rig<LocalDingTalk, LocalDingTalkOptions> {
	constructor(options: DingTalkRigOptions) {
		const parts = {
			type: NODE,
			name: 'DingTalk',
			credentialType: 'dingTalkApi',
			start: startLocalDingTalk,
			credential: credentialFor,
			givesSignatures: /getUploadInfo/,
		};
		super(parts, options);
	}

	/** Uploads new files, and looks how long it takes. */
	async upload(options: UploadOptions = {}): Promise<Outcome> {
		return await upload(this.engine, options);
	}

	/** The names of the calls so far, without those for a token, or with one that is forgotten. */
	callNames(): CallName[] {
		const calls = this.service.calls.filter(({ code }) => code !== 'InvalidAuthentication');
		return calls.map(({ name }) => name).filter((name) => !/^(?:token|corpToken)$/.test(name));
	}

	/** How many requests of each kind came, without the kinds that did not. */
	counts(): Partial<Record<CallName, number>> {
		const counts: Partial<Record<CallName, number>> = {};
		for (const { name } of this.service.calls) counts[name] = (counts[name] ?? 0) + 1;
		return counts;
	}
}

/** A rig for the tests of a file, back at its start before each. */
export function useRig({ service, ...rest }: DingTalkRigOptions = {}): DingTalkRig {
	return opened(new DingTalkRig({ ...rest, service: { keepBytes: true, ...service } }));
}

/** A rig that nothing else talks to; whoever opens it closes it. */
export async function openRig(options: DingTalkRigOptions = {}): Promise<DingTalkRig> {
	const rig = new DingTalkRig(options);
	await rig.open();
	return rig;
}
