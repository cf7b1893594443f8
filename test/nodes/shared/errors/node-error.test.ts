import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	badInput,
	isCancelled,
	toErrorItem,
	toNodeError,
	toUploadError,
	UploadError,
} from '../../../../nodes/shared/errors';
import { TransportError } from '../../../../nodes/shared/transport';

const node: INode = {
	id: '1',
	name: 'DingTalk',
	type: 'x.y',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const facts = {
	title: 'The document does not exist',
	description: 'Choose it again.',
	step: 'commit',
	code: 'docNotExist',
	requestId: 'ID-1',
	httpStatus: 404,
	details: { fileName: 'a.txt' },
};

describe('the error that n8n shows', () => {
	it('has the sentence as message, what to do, and code and request id beside it', () => {
		const error = toNodeError(node, new UploadError(facts), 3);
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe(facts.title);
		expect(error.description).toBe('Choose it again. (code docNotExist, request id ID-1)');
		expect(error).toMatchObject({ httpCode: '404' });
		expect(error.context).toMatchObject({
			itemIndex: 3,
			data: {
				code: 'docNotExist',
				requestId: 'ID-1',
				httpStatus: 404,
				step: 'commit',
				fileName: 'a.txt',
			},
		});
	});

	it('is one of the node when the input is at fault', () => {
		const error = toNodeError(node, badInput('No operator is given', 'Fill it in.'), 0);
		expect(error).toMatchObject({ name: 'NodeOperationError', level: 'warning' });
		expect(error.description).toBe('Fill it in.');
	});

	it.each([
		'The file name "EPERM notes.pdf" is not allowed',
		'A file "fileExists" is there',
		'The app lacks WritePermission',
		'"ENOENT", "EACCES" and "getaddrinfo" are names of files',
		'ECONNREFUSED ETIMEDOUT 429 timeout of 3000ms',
	])('keeps its words, though n8n rewrites some: %s', (title) => {
		for (const badInput of [true, false]) {
			const error = toNodeError(node, new UploadError({ title, badInput, httpStatus: 400 }), 0);
			expect(error.message).toBe(title);
		}
	});

	it('has the words of an unknown error too', () => {
		const error = toNodeError(node, new TypeError('x is not a function'), 1);
		expect(error).toMatchObject({ message: 'x is not a function', context: { itemIndex: 1 } });
		expect(toNodeError(node, 'just text', 0).message).toBe('just text');
	});
});

describe('the error item of "continue on fail"', () => {
	it('has nothing but error and details, so that the error output takes it', () => {
		const item = toErrorItem(new UploadError(facts), 2);
		expect(item).toEqual({
			json: {
				error: facts.title,
				details: {
					code: 'docNotExist',
					requestId: 'ID-1',
					httpStatus: 404,
					step: 'commit',
					fileName: 'a.txt',
					description: 'Choose it again.',
				},
			},
			pairedItem: { item: 2 },
		});
	});

	it('leaves out what is not known', () => {
		const { json } = toErrorItem(new UploadError({ title: 'Oh', code: undefined }), 0);
		expect(Object.keys(json.details as object)).toEqual(['description']);
	});
});

describe('an upload error', () => {
	it('learns more without losing what it knew', () => {
		const error = new UploadError(facts).with({ details: { state: 'unknown' }, retry: 'never' });
		expect(error.facts).toEqual({
			...facts,
			retry: 'never',
			details: { fileName: 'a.txt', state: 'unknown' },
		});
	});

	it('is made of a node error without losing its description', () => {
		const error = toNodeError(node, badInput('Title', 'Advice'), 0);
		expect(toUploadError(error).facts).toMatchObject({ title: 'Title', description: 'Advice' });
		expect(toUploadError(new UploadError(facts)).facts).toEqual(facts);
	});

	const failures = ['dns', 'connect', 'tls', 'reset', 'stalled', 'forbidden', 'oversize'] as const;

	it.each(failures)('names the host and what to do for a failure of kind %s', (failure) => {
		const error = toUploadError(new TransportError(failure, 'oss.example', true, 'CODE'));
		expect(error.facts.title).toContain('oss.example');
		expect(error.facts.description?.length).toBeGreaterThan(20);
		expect(error.facts).toMatchObject({ code: 'CODE', outcomeUnknown: true });
		const passes = ['dns', 'connect', 'reset', 'stalled'].includes(failure);
		expect(error.facts.retry).toBe(passes ? 'transient' : 'never');
		expect(isCancelled(error)).toBe(false);
	});

	it('tells a cancelled execution from other failures', () => {
		const cancelled = new TransportError('cancelled', '', false, 'ABORTED');
		expect(isCancelled(cancelled)).toBe(true);
		expect(isCancelled(toUploadError(cancelled))).toBe(true);
		expect(toUploadError(cancelled).facts.retry).toBe('never');
		expect(isCancelled(new Error('ABORTED'))).toBe(false);
	});
});
