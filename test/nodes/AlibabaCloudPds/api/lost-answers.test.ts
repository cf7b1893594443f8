import { describe, expect, it } from 'vitest';

import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import { createFile } from '../../../../nodes/AlibabaCloudPds/api/create-file';
import { readCredentials } from '../../../../nodes/AlibabaCloudPds/api/credentials';
import { toUploadError } from '../../../../nodes/shared/errors';
import { TransportError } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import { FUNCTIONS, type ApiFunction } from './support/calls';

const REF = { driveId: '1', fileId: 'f', uploadId: 'u' };

/** Makes the call while its first answer is lost. */
async function withoutFirstAnswer({ make, answer }: Pick<ApiFunction, 'make' | 'answer'>) {
	let asked = 0;
	const transport = new FakeTransport(() => {
		if (asked++ === 0) throw new TransportError('reset', 'api.example.com', true, 'ECONNRESET');
		return answerOf(200, answer);
	});
	const credentials = readCredentials({ domainId: 'bj1', accessToken: 'token' });
	const client = new PdsClient({ transport, credentials });
	const error = await make(client, REF).then(() => undefined, toUploadError);
	return { outcome: error?.facts.outcome, asked };
}

describe('a call whose first answer is lost', () => {
	it.each(Object.entries(FUNCTIONS))('is made again: %s', async (_, call) => {
		expect(await withoutFirstAnswer(call)).toEqual({ outcome: undefined, asked: 2 });
	});

	const rapid = (fileId?: string): ApiFunction => ({
		...FUNCTIONS.createFile,
		make: async (client) =>
			await createFile(client, {
				...{ driveId: '1', parentFileId: 'root', name: 'n', size: 1, parts: [] },
				...{ contentHash: 'A', fileId },
			}),
	});

	it('is not made again where the hash of all bytes may make a second file', async () => {
		expect(await withoutFirstAnswer(rapid())).toEqual({ outcome: 'unknown', asked: 1 });
	});

	it('is made again where they become a new version of a file', async () => {
		expect(await withoutFirstAnswer(rapid('f'))).toEqual({ outcome: undefined, asked: 2 });
	});
});
