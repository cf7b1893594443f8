import { createHash } from 'node:crypto';
import { type Answer, send } from '../core/send';
import { type HashContext, StateHash } from './hash/hash-state';
import { type LocalPds, SEED } from './index';

/** A part as the API gives it out. */
export interface PartInfo {
	part_number: number;
	upload_url: string;
	internal_upload_url: string;
	content_type: string;
}

/** What an answer's body may hold of interest here. */
export interface Body {
	code: string;
	message: string;
	file_id: string;
	file_name: string;
	upload_id: string;
	exist: boolean;
	rapid_upload: boolean;
	part_info_list: PartInfo[];
}

/** An upload as creation gave it. */
export interface Begun {
	file_id: string;
	upload_id: string;
	part_info_list: PartInfo[];
}

/** The smallest part that is not the last, in whole blocks. */
export const PART_BYTES = 100 * 1024;

/** Bytes that look like nothing, the same every time. */
export function noise(size: number, name = 'noise'): Buffer {
	const blocks = Array.from({ length: Math.ceil(size / 64) }, (_none, index) =>
		createHash('sha512').update(`${name} ${index}`).digest(),
	);
	return Buffer.concat(blocks).subarray(0, size);
}

/** The bytes in parts of that size. */
export function cut(bytes: Buffer, partBytes = PART_BYTES): Buffer[] {
	const parts = Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_none, index) =>
		bytes.subarray(index * partBytes, (index + 1) * partBytes),
	);
	return parts.length === 0 ? [bytes] : parts;
}

/** The state before each of these parts. */
export async function contextsOf(
	parts: Buffer[],
	name: 'sha1' | 'sha256' = 'sha1',
): Promise<HashContext[]> {
	const hash = await StateHash.begin(name, { h: [], part_offset: 0 });
	return parts.map((part) => {
		const context = hash.context();
		if (!context) throw new Error('A part is not whole blocks');
		hash.update(part);
		return context;
	});
}

/** A part list as creation and get_upload_url want it. */
export function numbered<T extends object>(each: T[] | number): Array<{ part_number: number }> {
	const list = typeof each === 'number' ? Array.from({ length: each }, () => ({})) : each;
	return list.map((fields, index) => ({ part_number: index + 1, ...fields }));
}

/** Reads a body's fields. */
export function bodyOf(answer: Answer): Body {
	return answer.json as Body;
}

/** Status and error code of an answer, of either front. */
export function told(answer: Answer): [number, string] {
	const [, inXml] = /<Code>(\w+)</.exec(answer.text) ?? [];
	return [answer.status, bodyOf(answer)?.code ?? inXml];
}

/** A bare client of the service. */
export class PdsClient {
	constructor(private readonly service: LocalPds) {}

	async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		return await send(`${this.service.apiUrl}${path}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				...(!('x-share-token' in headers) && { authorization: `Bearer ${SEED.accessToken}` }),
				...headers,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	}

	async create(fields: object = {}): Promise<Answer> {
		const place = { drive_id: SEED.driveId, parent_file_id: 'root' };
		return await this.post('/v2/file/create', { ...place, name: 'a.bin', type: 'file', ...fields });
	}

	/** Creates an upload that is expected to begin. */
	async begin(parts: number | object[] = 1, fields: object = {}): Promise<Begun> {
		const answer = await this.create({ part_info_list: numbered(parts as object[]), ...fields });
		if (answer.status !== 200) throw new Error(answer.text);
		return bodyOf(answer);
	}

	async urls(upload: Begun, parts: object[], fields: object = {}): Promise<Answer> {
		return await this.post('/v2/file/get_upload_url', {
			...this.ids(upload),
			part_info_list: parts,
			...fields,
		});
	}

	async put(
		{ upload_url: url }: PartInfo,
		body: Buffer | string,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		return await send(url, { method: 'PUT', headers, body });
	}

	async list(upload: Begun, fields: object = {}): Promise<Answer> {
		return await this.post('/v2/file/list_uploaded_parts', { ...this.ids(upload), ...fields });
	}

	async complete(upload: Begun, fields: object = {}): Promise<Answer> {
		return await this.post('/v2/file/complete', { ...this.ids(upload), ...fields });
	}

	async get(fileId: string): Promise<Answer> {
		return await this.post('/v2/file/get', { drive_id: SEED.driveId, file_id: fileId });
	}

	/** A whole upload, part after part. */
	async upload(bytes: Buffer, fields: object = {}): Promise<Answer> {
		const parts = cut(bytes);
		const upload = await this.begin(parts.length, { size: bytes.length, ...fields });
		for (const [index, info] of upload.part_info_list.entries()) await this.put(info, parts[index]);
		return await this.complete(upload);
	}

	private ids({ file_id, upload_id }: Begun) {
		return { drive_id: SEED.driveId, file_id, upload_id };
	}
}
