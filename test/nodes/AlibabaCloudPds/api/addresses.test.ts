import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fetchedToken } from '../../../../nodes/AlibabaCloudPds/api/authorize';
import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import {
	readCredentials,
	type JwtAppAuth,
} from '../../../../nodes/AlibabaCloudPds/api/credentials';
import type { UploadRef } from '../../../../nodes/AlibabaCloudPds/api/upload-ref';
import { defined } from '../../../../nodes/shared/json';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { projectFolder } from '../../../engine';
import { SEED } from '../../../services/pds';
import { hostileText } from '../../support/hostile';
import { runs } from '../../support/runs';
import { startWire, type Wire } from '../../support/wire';
import { FUNCTIONS, OTHER_FILES, type ApiFunction } from './support/calls';

const BASE = '/gateway/pds';

let wire: Wire;

beforeAll(async () => {
	wire = await startWire();
});
afterAll(async () => await wire.close());

const refs: fc.Arbitrary<UploadRef> = fc.record({
	driveId: hostileText(),
	fileId: hostileText(),
	uploadId: hostileText(),
	shareId: hostileText(),
});

function idsOf({ driveId, fileId, uploadId }: UploadRef): IDataObject {
	return { drive_id: driveId, file_id: fileId, upload_id: uploadId };
}

/** An answer about another file would not be taken. */
function answerAbout({ path, answer }: ApiFunction, { fileId }: UploadRef): unknown {
	if (path !== '/v2/file/get') return answer;
	fc.pre(fileId !== '');
	return { ...(answer as object), file_id: fileId };
}

describe('an id that means harm', () => {
	it('is tried with every file of api/ that makes calls', () => {
		const files = readdirSync(join(projectFolder, 'nodes/AlibabaCloudPds/api'));
		const known = new Set([...Object.values(FUNCTIONS).map(({ file }) => file), ...OTHER_FILES]);
		expect(
			files.map((file) => file.replace(/\.ts$/, '')).sort(),
			'a file of api/ needs its line in api/support/calls.ts of these tests',
		).toEqual([...known].sort());
	});

	it.each(Object.entries(FUNCTIONS))('is in the body alone: %s', async (_, call) => {
		const credentials = readCredentials({
			...{ domainId: 'bj1', apiBaseUrl: `${wire.url}${BASE}`, accessToken: 'token' },
		});
		const client = new PdsClient({ transport: new UndiciTransport(), credentials });
		await fc.assert(
			fc.asyncProperty(refs, async (ref) => {
				wire.arrived.length = 0;
				const body = answerAbout(call, ref);
				wire.answer = () => ({ body });
				await call.make(client, ref);
				expect(wire.arrived.map(({ method, url }) => [method, url])).toEqual([
					['POST', `${BASE}${call.path}`],
				]);
				const sent = JSON.parse(wire.arrived[0].body) as object;
				// Empty ones are left out.
				expect(sent).toMatchObject(defined((call.sent ?? idsOf)(ref)));
			}),
			runs(50),
		);
	});

	it('of an app stays in its field of the form', async () => {
		wire.answer = () => ({ body: { access_token: 't', expires_in: 7200 } });
		await fc.assert(
			fc.asyncProperty(hostileText(), fc.nat(), async (text, number) => {
				wire.arrived.length = 0;
				// Trimmed like every field of a credential; the number makes it another app.
				const appId = `${number}${text}`.trim();
				const app = { appId, privateKey: SEED.jwt.privateKey };
				const where = { domainId: 'bj1', apiBaseUrl: wire.url };
				const credentials = readCredentials({ ...where, authType: 'jwtApp', ...app });
				const transport = new UndiciTransport();
				await fetchedToken(transport, credentials, credentials.auth as JwtAppAuth);
				if (wire.arrived.length === 0) return;
				const form = new URLSearchParams(wire.arrived[0].body);
				expect(wire.arrived[0].url).toBe('/v2/oauth/token');
				expect([...form.keys()]).toEqual(['grant_type', 'client_id', 'assertion']);
				expect(form.get('client_id')).toBe(appId.replace(/\p{Surrogate}/gu, '\ufffd'));
			}),
			runs(50),
		);
	});
});
