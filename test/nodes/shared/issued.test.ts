import { describe, expect, it } from 'vitest';

import { Issued, issuedTwice } from '../../../nodes/shared/issued';

describe('what a service has given', () => {
	it('may be given to the same file again, and to no other', () => {
		const issued = new Issued();
		expect(issued.take('a', 'key', 'address')).toBe(true);
		expect(issued.take('a', 'key', 'address')).toBe(true);
		expect(issued.take('b', 'other key', 'address')).toBe(false);
		expect(issued.take('b', 'key', 'other address')).toBe(false);
	});

	it('is not kept of a file that got something of another', () => {
		const issued = new Issued();
		issued.take('a', 'key');
		issued.take('b', 'key', 'address');
		expect(issued.take('c', 'address')).toBe(true);
	});

	it('twice is an error that names the service: nothing was sent', () => {
		expect(issuedTwice('DingTalk', 'getUploadInfo').facts).toMatchObject({
			title: 'DingTalk gave one upload address to two files',
			description: expect.stringMatching(/exclude the API of DingTalk from caching/) as string,
			outcome: 'notSent',
			step: 'getUploadInfo',
		});
	});
});
