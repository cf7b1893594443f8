import { expect, it } from 'vitest';

import { needs } from '../../../engine/features';
import { openScene } from '../../support/scene';

it('keeps the node from the local network, and the node says so at once', async (context) => {
	needs(context, 'an egress filter');
	const before = process.env.N8N_SSRF_PROTECTION_ENABLED;
	process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
	const scene = await openScene();
	try {
		const { result } = await scene.upload();
		const { host } = new URL(scene.service.apiUrl);
		expect(result.error?.message).toBe(`This n8n server does not allow connections to ${host}`);
		expect(scene.counts()).toEqual({});
		expect(result.logs.filter(({ level }) => level === 'warn')).toEqual([]);
	} finally {
		if (before === undefined) delete process.env.N8N_SSRF_PROTECTION_ENABLED;
		else process.env.N8N_SSRF_PROTECTION_ENABLED = before;
		await scene.close();
	}
});
