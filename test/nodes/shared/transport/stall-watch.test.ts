import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

import { StallWatch } from '../../../../nodes/shared/transport/stall-watch';
import { openTimers } from '../../support/open-handles';

describe('the watch over a request', () => {
	it('starts no timer for a chunk that was read when the request had been given up', async () => {
		const watch = new StallWatch(1, []);
		await once(watch.signal, 'abort');
		expect(watch.stalled).toBe(true);
		watch.stop();
		const before = openTimers();
		watch.progress();
		expect(openTimers()).toBe(before);
	});
});
