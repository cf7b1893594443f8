import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { uploadResourceOf, useRig } from '../support/rig';

const rig = useRig();
const { meetingNotes } = SEED.documents;

describe('Upload Doc Resource', () => {
	it('asks for an address with name, size and media type, and sends the bytes to it', async () => {
		const image = await rig.file('PNG!', '图 1.png', 'image/png');
		const run = await rig.run(uploadResourceOf(), { input: [await rig.item({ data: image })] });
		expect(run.error).toBeUndefined();
		expect(rig.callNames().slice(-2)).toEqual(['docUploadInfo', 'docPut']);
		const [info] = rig.service.callsOf('docUploadInfo').slice(-1);
		expect(info).toMatchObject({
			method: 'POST',
			path: `/v1.0/doc/docs/resources/${meetingNotes.dentryUuid}/uploadInfos/query`,
			query: { operatorId: SEED.operator.unionId },
		});
		expect(info.body).toEqual({ size: 4, mediaType: 'image/png', resourceName: '图 1.png' });
		const [put] = rig.service.callsOf('docPut');
		expect(put.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '4' });
		expect(put.headers['x-acs-dingtalk-access-token']).toBeUndefined();
	});

	it('gives the resource and an attachment for a cell, but not the signed address', async () => {
		const image = await rig.file('PNG!', 'a.png', 'image/png');
		const { json } = await rig.run(uploadResourceOf(), {
			input: [await rig.item({ data: image })],
		});
		const [{ resourceId }] = rig.service.resources();
		const resourceUrl = `/core/api/resources/img/${resourceId}`;
		expect(json).toEqual([
			{
				resourceId,
				resourceUrl,
				resourceName: 'a.png',
				mediaType: 'image/png',
				size: 4,
				attachment: {
					filename: 'a.png',
					size: 4,
					type: 'image/png',
					url: resourceUrl,
					resourceId,
				},
			},
		]);
	});

	it('takes name and media type from the options', async () => {
		const options = { fileName: 'b.svg', mediaType: ' image/svg+xml; charset=utf-8 ' };
		const run = await rig.run(uploadResourceOf(options), {
			input: [await rig.item({ data: '<svg/>' })],
		});
		const mediaType = 'image/svg+xml; charset=utf-8';
		expect(run.json).toMatchObject([{ resourceName: 'b.svg', mediaType }]);
		expect(rig.service.resources()).toMatchObject([{ name: 'b.svg', mediaType, size: 6 }]);
	});

	it('refuses a media type that is none before anything is sent', async () => {
		const { shown } = await rig.run(uploadResourceOf({ mediaType: 'png\r\nx: y' }), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(shown.message).toContain('is not a media type');
		expect(rig.callNames()).toEqual([]);
	});

	it('uploads every selected file, an empty one too, paired with its item', async () => {
		const input = [await rig.item({ a: 'x', b: '' }), await rig.item({ a: 'y' })];
		const run = await rig.run(uploadResourceOf({}, { inputDataFieldName: '*' }), { input });
		expect(run.items('DingTalk').map(({ json, pairedItem }) => [json.size, pairedItem])).toEqual([
			[1, { item: 0 }],
			[0, { item: 0 }],
			[1, { item: 1 }],
		]);
	});

	it.each([
		['link', locator('url', `${meetingNotes.url}?utm_source=x#top`), ''],
		['.io link', locator('url', meetingNotes.url.replace('.com', '.io')), ''],
		['document id', locator('id', meetingNotes.docKey), meetingNotes.docKey],
		['short link', locator('url', meetingNotes.shortUrl), ''],
	])('finds the document by %s', async (_, document, docId) => {
		const run = await rig.run(uploadResourceOf({}, { document }), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(run.error).toBeUndefined();
		expect(rig.service.resources()).toMatchObject([{ docId: docId || meetingNotes.dentryUuid }]);
	});

	it('says that the document does not exist, with code and request id', async () => {
		const document = locator('id', 'A'.repeat(32));
		const { shown } = await rig.run(uploadResourceOf({}, { document }), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(shown).toMatchObject({
			message: 'The document does not exist',
			itemIndex: 0,
			data: {
				code: 'docNotExist',
				httpStatus: 404,
				requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
				fileName: 'data.txt',
			},
		});
	});

	it('does not show the signed address when the storage refuses it', async () => {
		const fault = { kind: 'ossError', status: 403, code: 'SignatureDoesNotMatch' } as const;
		rig.service.fail({ call: 'docPut', times: Infinity, fault });
		const { shown } = await rig.run(uploadResourceOf(), {
			input: [await rig.item({ data: 'x' })],
		});
		expect(shown.message).toBe('The storage did not accept the signature');
		expect(JSON.stringify(shown)).not.toMatch(/Signature=|Expires=/);
	});
});
