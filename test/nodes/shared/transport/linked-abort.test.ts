import { expect, it } from 'vitest';

import { LinkedAbort } from '../../../../nodes/shared/transport';

it('many may wait for one signal without a warning of a leak', async () => {
	const warnings: Error[] = [];
	const onWarning = (warning: Error) => warnings.push(warning);
	process.on('warning', onWarning);
	const source = new AbortController();
	const link = new LinkedAbort([source.signal]);
	for (let waiting = 0; waiting < 64; waiting++) {
		link.signal.addEventListener('abort', () => undefined);
		source.signal.addEventListener('abort', () => undefined);
	}
	await new Promise((resolve) => setImmediate(resolve));
	process.off('warning', onWarning);
	link.unlink();
	expect(warnings).toEqual([]);
});
