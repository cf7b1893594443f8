import type { IBinaryData } from 'n8n-workflow';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { assertFitsOnePut, MAX_PUT_SIZE } from '../../../../nodes/shared/oss';
import { SEED } from '../../../services/dingtalk';
import { locator, type NodeRunOptions } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';
import { factsOf } from '../../support/thrown';

const rig = useRig({ engine: { binaryMode: 'default' } });
const onDisk = useRig();
const { empty } = SEED.folders;
const upload = (options = {}) => uploadOf(options, { inputDataFieldName: '*' });

async function runWith(data: unknown, more?: NodeRunOptions) {
	const input = [{ json: {}, binary: { data: data as IBinaryData } }];
	return await rig.run(upload(), { input, ...more });
}

describe('a binary field', () => {
	it.each([
		['holds nothing', undefined, /"data" contains no file/],
		['has a type, but no content', { mimeType: 'a/b', fileName: 'a' }, /"data" contains no file/],
		['has a number as content', { mimeType: 'a/b', data: 7 }, /"data" contains no file/],
		[
			'holds a data URL',
			{ mimeType: 'image/png', data: 'data:image/png;base64,eA==' },
			/"data" contains a data URL, not the bytes of a file/,
		],
	])('that %s is an error in words', async (_, data, message) => {
		const { shown } = await runWith(data);
		expect(shown).toMatchObject({ name: 'NodeOperationError', itemIndex: 0 });
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(/\S/);
		expect(rig.service.calls).toEqual([]);
	});

	it('without a type is stored, also as a resource of a document', async () => {
		const file = { mimeType: '', data: 'eA==', fileName: 'plain.txt' };
		expect((await runWith(file)).json).toMatchObject([{ name: 'plain.txt', size: 1 }]);
		const document = locator('id', SEED.documents.meetingNotes.dentryUuid);
		const parameters = { resource: 'document', operation: 'uploadResource', document };
		const { json } = await rig.run(parameters, { input: [{ json: {}, binary: { data: file } }] });
		expect(json).toMatchObject([{ mediaType: 'application/octet-stream' }]);
	});
});

describe('the text of a file', () => {
	it.each([
		['half a character', '={{ "\\ud83d" }}', /^The text to upload has half a character/],
		['a number', '={{ 42 }}', /^The text to upload is not a text but a value of type number/],
		[
			'an object',
			'={{ ({ a: 1 }) }}',
			/^The text to upload is not a text but a value of type object/,
		],
		['nothing', '={{ $json.none }}', /^The text to upload is empty/],
	])('that is %s is refused', async (_, content, message) => {
		const parameters = upload({ content, fileName: 'note.txt' });
		const { shown } = await rig.run(parameters, { input: [{ json: {} }] });
		expect(shown.message).toMatch(message);
		expect(rig.service.calls).toEqual([]);
	});
});

describe('a file of more than 5 GB', () => {
	it('is too large for one PUT, and one of 5 GB is not', () => {
		expect(() => assertFitsOnePut(MAX_PUT_SIZE)).not.toThrow();
		const { title, description } = factsOf(() => assertFitsOnePut(MAX_PUT_SIZE + 1));
		expect(title).toBe('The file has 5.00 GB, but DingTalk takes at most 5 GB in one upload');
		expect(description).toMatch(/Split or compress the file/);
	});

	/** n8n keeps the size of a file beside it. */
	async function sizedFile(size: number) {
		const file = await onDisk.file('x', 'large.iso');
		const [, path] = String(file.id).split(':');
		const metadata = join(onDisk.engine.dataFolder, '.n8n', 'storage', `${path}.metadata`);
		await writeFile(metadata, JSON.stringify({ fileName: 'large.iso', fileSize: size }));
		return file;
	}

	it.each(['file/upload', 'document/uploadResource', 'file/uploadToOss'])(
		'is refused by %s before the first call, and the other files go through',
		async (what) => {
			const [resource, operation] = what.split('/');
			const document = locator('id', SEED.documents.meetingNotes.dentryUuid);
			const target = {
				resourceUrl: '={{ $json.url }}',
				headers: '={{ ({ Authorization: "OSS a:b" }) }}',
			};
			const own = operation === 'uploadToOss' ? { ...target, inputDataFieldName: 'large' } : {};
			const parameters = { ...upload(), ...{ resource, operation, document }, ...own };
			const large = await sizedFile(MAX_PUT_SIZE + 1);
			const files = { large, small: await onDisk.file('x', 'small.txt') };
			const input = [await onDisk.item(files, { url: `${onDisk.service.ossUrl}/x` })];
			const run = await onDisk.run(parameters, {
				input,
				node: { onError: 'continueRegularOutput' },
			});
			const [{ error }, ...others] = run.json;
			expect(error).toMatchObject({
				message: expect.stringMatching(/at most 5 GB in one upload/) as string,
				size: MAX_PUT_SIZE + 1,
			});
			expect(others).toHaveLength(operation === 'uploadToOss' ? 0 : 1);
			expect(onDisk.callNames().filter((name) => /Put$/.test(name))).toHaveLength(others.length);
		},
	);

	it('is refused when its size is told to Get Upload Info', async () => {
		const parameters = {
			...{ resource: 'file', operation: 'getUploadInfo', fileSize: MAX_PUT_SIZE + 1 },
			parent: locator('id', empty.dentryUuid),
		};
		const { shown } = await onDisk.run(parameters, { input: [{ json: {} }] });
		expect(shown.message).toMatch(/at most 5 GB in one upload/);
		expect(onDisk.service.calls).toEqual([]);
	});
});
