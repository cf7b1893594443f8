import type { CallName } from '../../services/dingtalk';
import type { DingTalkRig } from '../../nodes/DingTalkKnowledgeBase/support/rig';
import type { OfficialSdk } from '../official-sdk';

/** The same wish, made to both clients; the service starts afresh before each. */
export interface Case {
	title: string;
	/** The call that is compared: the last one of this name that each client makes. */
	call: CallName;
	/** What the SDK's call is taken for, where that is another one. */
	sdkCall?: CallName;
	/** Both are refused: what is asked for does not exist. */
	refused?: boolean;
	/** Gives the upload key, where the call has one: the service hands out another to each client. */
	node: (rig: DingTalkRig, sdk: OfficialSdk) => Promise<string | void>;
	sdk: (sdk: OfficialSdk) => Promise<string | void>;
}
