import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import type { DingTalkRig } from './rig';

/** Makes the first call, so that the next ones have a token that the service knows. */
export async function warmUp(rig: DingTalkRig): Promise<void> {
	const file = locator('id', SEED.files.welcome.dentryUuid);
	await rig.run({ resource: 'file', operation: 'get', file }, { input: [{ json: {} }] });
	rig.service.calls.length = 0;
}
