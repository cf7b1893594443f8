import { describe, expect, it } from 'vitest';

import type { RunResult } from '../engine';
import type { StoredDentry } from '../services/dingtalk';
import { check } from './check';

const file = { field: 'attachment_0', name: 'a.pdf', size: 3, sha256: 'aa', md5: 'bb' };
const output = {
	uuid: 'u1',
	name: 'a.pdf',
	webUrl: 'https://alidocs.dingtalk.com/i/nodes/u1',
	upload: { bytes: 3, eTag: '"BB"', sourceField: 'attachment_0' },
};
const stored = { uuid: 'u1', size: 3, sha256: 'aa' } as StoredDentry;

function result(outputs: object[], failed: object[] = [], status = 'success'): RunResult {
	const items = (_node: string, index = 0) =>
		(index === 0 ? outputs : failed).map((json) => ({ json }));
	return { status, error: new Error('It broke'), items } as unknown as RunResult;
}

const checked =
	(run: RunResult, held = [stored]) =>
	() =>
		check(run, 'Upload File', [file], held);

describe('the check after the upload', () => {
	it('takes the file that the service holds as it was read', () => {
		const [uploaded] = checked(result([output]))();
		expect(uploaded).toMatchObject({ uuid: 'u1', eTag: 'BB', stored });
	});

	it.each([
		['another SHA-256', { ...stored, sha256: 'ab' }],
		['another size', { ...stored, size: 4 }],
	])('finds %s', (_what, other) => {
		expect(checked(result([output]), [other])).toThrow('holds different bytes than were read');
	});

	it('finds a file that the service does not have', () => {
		expect(checked(result([output]), [])).toThrow('"a.pdf" is not as it should be');
	});

	it('finds bytes that were not sent, and files that did not come out', () => {
		const short = { ...output, upload: { ...output.upload, bytes: 2 } };
		expect(checked(result([short]))).toThrow('2 of 3 bytes were sent');
		expect(checked(result([]))).toThrow('went in: 1; that came out: 0');
		const other = { ...output, upload: { ...output.upload, sourceField: 'data' } };
		expect(checked(result([other]))).toThrow('Nothing came out for the file "a.pdf"');
	});

	it('tells what failed, with the file and what to do', () => {
		const details = { fileName: 'a.pdf', description: 'Ask for it.' };
		const failed = { error: 'No permission', details };
		expect(checked(result([], [failed]))).toThrow('"a.pdf": No permission. Ask for it.');
		expect(checked(result([], [], 'error'))).toThrow('It broke');
		expect(checked(result([], [], 'canceled'))).toThrow('Stopped');
	});
});
