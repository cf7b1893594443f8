import type { IDataObject, INode } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import {
	SEED,
	startLocalPds,
	type LocalPds,
	type LocalPdsOptions,
	type PdsCallName,
} from '../../../services/pds';
import { opened, Rig, type NodeRunOptions, type RigOptions } from '../../support/rig';

/** Full type name of the node under test. */
export const NODE = 'n8n-nodes-dingtalk-knowledge-base.alibabaCloudPds';

export const MIB = 2 ** 20;

/** Parts of half a MiB: bytes. */
export const PART = MIB / 2;

/** The option that makes parts of {@link PART}. */
export const partSize = PART / MIB;

type PdsRigOptions = RigOptions<LocalPdsOptions>;

/** A credential with the seed's access token for a service. */
export function credentialFor({ apiUrl }: Pick<LocalPds, 'apiUrl'>): IDataObject {
	const { domainId, accessToken } = SEED;
	return { domainId, apiBaseUrl: apiUrl, authType: 'accessToken', accessToken };
}

/** The PDS node against a local PDS. */
export class PdsRig extends Rig<LocalPds, LocalPdsOptions> {
	constructor(options: PdsRigOptions) {
		const parts = {
			type: NODE,
			name: 'PDS',
			credentialType: 'alibabaCloudPdsApi',
			start: startLocalPds,
			credential: credentialFor,
			givesSignatures: /createUpload|getUploadUrl/,
			carriesSignatures: /"operation":"(?!upload")|httpRequest/,
		};
		super(parts, options);
	}

	/** Uploads one file, with the given options of the node. */
	async upload(content: string | Buffer, options: IDataObject = {}, more: NodeRunOptions = {}) {
		const input = [await this.item({ data: content })];
		return await this.run(uploadOf(options), { input, ...more });
	}

	/** The names of the calls so far. */
	callNames(): PdsCallName[] {
		return this.service.calls.map(({ name }) => name);
	}

	/** What the calls of a kind had as their body. */
	bodies(name: PdsCallName): IDataObject[] {
		return this.service.callsOf(name).map(({ body }) => body as IDataObject);
	}

	/** The part numbers that were PUT, in order. */
	partsPut(): number[] {
		return this.service.callsOf('partPut').map(({ query }) => Number(query.partNumber));
	}
}

/** A rig for the tests of a file, back at its start before each. */
export function usePdsRig({ service, ...rest }: PdsRigOptions = {}): PdsRig {
	return opened(new PdsRig({ ...rest, service: { keepBytes: true, ...service } }));
}

/** The parameters of Upload File. */
export function uploadOf(options: IDataObject = {}, more: INode['parameters'] = {}) {
	const place = { driveId: SEED.driveId, parentFileId: 'root' };
	return {
		resource: 'file',
		operation: 'upload',
		...place,
		options,
		...more,
	} as INode['parameters'];
}

/** Bytes that repeat nowhere near. */
export function bytes(size: number, seed = 1): Buffer {
	const buffer = Buffer.alloc(size);
	let state = seed;
	for (let at = 0; at + 4 <= size; at += 4) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		buffer.writeUInt32LE(state, at);
	}
	return buffer;
}

export function sha1(content: string | Buffer): string {
	return createHash('sha1').update(content).digest('hex');
}
