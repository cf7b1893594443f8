import type { IBinaryData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { filesInJson } from '../../../../nodes/shared/binary/in-json';

const EXECUTION = '42';

const stored = (execution = EXECUTION): IBinaryData => ({
	mimeType: 'image/png',
	data: 'filesystem-v2',
	id: `filesystem-v2:workflows/7/executions/${execution}/binary_data/0b1c`,
});

const fieldsIn = (json: object) => filesInJson(json, EXECUTION).map(({ field }) => field);

describe("the files in an item's JSON", () => {
	it('are those that n8n has put there, by path and by their last key', () => {
		const photo = stored();
		expect(filesInJson({ _files: { photo } }, EXECUTION)).toEqual([
			{ field: '_files.photo', alias: 'photo', binary: photo },
		]);
	});

	it('are found where a node has put items into a list or a field, in the order of the item', () => {
		const json = {
			rows: [{ _files: { a: stored() } }, { more: { _files: { b: stored() } } }],
			mail: { _files: { c: stored() } },
			_files: { d: stored() },
		};
		expect(fieldsIn(json)).toEqual([
			'_files.d',
			'rows.0._files.a',
			'rows.1.more._files.b',
			'mail._files.c',
		]);
	});

	it.each<[string, object]>([
		['looks like a file', { body: { mimeType: 'a/b', data: 'eA==' } }],
		['names a file of this execution', { body: stored() }],
		['names a file of another execution', { body: { _files: { x: stored('41') } } }],
		['has the bytes in it', { _files: { x: { mimeType: 'a/b', data: 'eA==' } } }],
		["is a cloud drive's file", { _files: { x: { mimeType: 'a/b', id: '1AbC' } } }],
		['has something else there', { _files: { x: null, y: 'z', w: [1], v: { id: 7 } } }],
		['has no object there', { _files: 'text' }],
	])('are none in JSON that %s', (_, json) => {
		expect(fieldsIn(json)).toEqual([]);
	});

	it('may be those of an earlier execution at the top: of a retry, a parent workflow, the editor', () => {
		expect(fieldsIn({ _files: { x: stored('41') } })).toEqual(['_files.x']);
	});

	it.each([
		['the request of a webhook', stored('temp')],
		['a store whose ids name no execution', { ...stored(), id: 'database:0b1c' }],
	])('may be further down when they are of %s', (_, binary) => {
		expect(fieldsIn({ list: [{ _files: { x: binary } }] })).toEqual(['list.0._files.x']);
	});

	it('are found however deep they are, and things that contain themselves end', () => {
		let json: object = { _files: { x: stored() } };
		for (let depth = 0; depth < 100_000; depth++) json = { n: json };
		expect(filesInJson(json, EXECUTION)).toHaveLength(1);
		const ring: Record<string, unknown> = { _files: { x: stored() } };
		ring.self = ring;
		expect(fieldsIn(ring)).toEqual(['_files.x']);
	});
});
