import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	badInput,
	toErrorItem,
	toNodeError,
	toUploadError,
	UploadError,
} from '../../../../nodes/shared/errors';
import { TransportError, type TransportFailure } from '../../../../nodes/shared/transport';

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
	outcome: 'refused' as const,
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
				outcome: 'refused',
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
			const known = { title, badInput, httpStatus: 400, outcome: 'refused' as const };
			const error = toNodeError(node, new UploadError(known), 0);
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
	it('has one key, so that the error output of every n8n takes it', () => {
		const item = toErrorItem(new UploadError(facts), 2);
		expect(item).toEqual({
			json: {
				error: {
					message: facts.title,
					description: 'Choose it again.',
					code: 'docNotExist',
					requestId: 'ID-1',
					httpStatus: 404,
					step: 'commit',
					outcome: 'refused',
					fileName: 'a.txt',
				},
			},
			pairedItem: { item: 2 },
		});
	});

	it('leaves out what is not known', () => {
		const unknown = new UploadError({ title: 'Oh', code: undefined, outcome: 'unknown' });
		expect(toErrorItem(unknown, 0).json).toEqual({ error: { message: 'Oh', outcome: 'unknown' } });
	});
});

describe('an upload error', () => {
	it('learns more without losing what it knew', () => {
		const error = new UploadError(facts).with({ details: { uploadKey: 'k' }, retry: 'never' });
		expect(error.facts).toEqual({
			...facts,
			retry: 'never',
			details: { fileName: 'a.txt', uploadKey: 'k' },
		});
	});

	it('is made of a node error without losing its description', () => {
		const error = toNodeError(node, badInput('Title', 'Advice'), 0);
		expect(toUploadError(error).facts).toMatchObject({ title: 'Title', description: 'Advice' });
		expect(toUploadError(new UploadError(facts)).facts).toEqual(facts);
	});

	const failures = [
		...['dns', 'connect', 'certificate', 'tls', 'reset', 'stalled', 'forbidden', 'oversize'],
		...['encoded', 'proxyLogin', 'proxy', 'proxyCertificate', 'proxyOtherName', 'proxyTls'],
		...['proxyTunnel'],
	] as TransportFailure[];

	it.each(failures)('names the host and what to do for a failure of kind %s', (failure) => {
		const error = toUploadError(new TransportError(failure, 'oss.example', true, 'CODE'));
		expect(error.facts.title).toContain('oss.example');
		expect(error.facts.description?.length).toBeGreaterThan(20);
		expect(error.facts).toMatchObject({ code: 'CODE', outcome: 'unknown' });
		const passes = /^(?:dns|connect|tls|reset|stalled|proxy|proxyTls|proxyTunnel)$/.test(failure);
		expect(error.facts.retry).toBe(passes ? 'transient' : 'never');
	});

	it.each([
		['reset', false, 'notSent'],
		['cancelled', false, 'cancelled'],
		['cancelled', true, 'unknown'],
	] as const)('of kind %s (sent: %s) has the outcome %s', (failure, sent, outcome) => {
		const { facts: known } = toUploadError(new TransportError(failure, '', sent, 'CODE'));
		expect(known.outcome).toBe(outcome);
	});

	it('that nobody has foreseen may have happened after something was sent', () => {
		expect(toUploadError(new TypeError('x')).facts.outcome).toBe('unknown');
	});
});
