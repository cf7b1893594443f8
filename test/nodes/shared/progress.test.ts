import { describe, expect, it } from 'vitest';

import { progressLog } from '../../../nodes/shared/progress';

function watch(size: number) {
	const lines: Array<[string, string, object?]> = [];
	const clock = { now: 0 };
	const at = (level: string) => (text: string, meta?: object) =>
		void lines.push([level, text, meta]);
	const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
	const options = { fileName: 'a.txt', size, attempt: 2, now: () => clock.now };
	return { told: progressLog(logger, options), lines, clock };
}

describe('the progress of an upload', () => {
	it('is a line at level debug for each percent, not for each chunk', () => {
		const { told, lines } = watch(1000);
		for (let bytes = 1; bytes <= 1000; bytes++) told(bytes);
		expect(lines).toHaveLength(100);
		expect(lines.at(-1)).toMatchObject(['debug', 'Uploading "a.txt": 100 %', { bytes: 1000 }]);
	});

	it('is a line at level info every ten seconds', () => {
		const { told, lines, clock } = watch(100 * 2 ** 20);
		for (let percent = 1; percent <= 30; percent++) {
			clock.now += 1000;
			told(percent * 2 ** 20);
		}
		const infos = lines.filter(([level]) => level === 'info').map(([, text]) => text);
		expect(infos).toHaveLength(3);
		expect(infos[0]).toBe('Uploading "a.txt": 10 % of 100.0 MiB at 1.0 MiB/s, attempt 2');
	});

	it('needs no logger, and no bytes', () => {
		expect(() => progressLog(undefined, { fileName: 'x', size: 0, attempt: 1 })(0)).not.toThrow();
	});
});
