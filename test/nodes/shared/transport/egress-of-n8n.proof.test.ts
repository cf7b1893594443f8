import { expect, it } from 'vitest';

import { needs } from '../../../engine/features';
import { openRig } from '../../DingTalkKnowledgeBase/support/rig';

it('keeps the node from the local network, and the node says so at once', async (context) => {
	needs(context, 'an egress filter');
	const before = process.env.N8N_SSRF_PROTECTION_ENABLED;
	process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
	const rig = await openRig();
	try {
		const { result } = await rig.upload();
		const { host } = new URL(rig.service.apiUrl);
		expect(result.error?.message).toBe(`This n8n server does not allow connections to ${host}`);
		expect(rig.counts()).toEqual({});
		expect(result.logs.filter(({ level }) => level === 'warn')).toEqual([]);
	} finally {
		if (before === undefined) delete process.env.N8N_SSRF_PROTECTION_ENABLED;
		else process.env.N8N_SSRF_PROTECTION_ENABLED = before;
		await rig.close();
	}
});
