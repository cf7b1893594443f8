import type * as BlobStorage from '@n8n/blob-storage';
import type * as ObjectStore from '@n8n/blob-storage/object-store';
import type { BinaryData, ErrorReporter } from 'n8n-core';
import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { chain } from '../../../engine/fixtures';
import { has } from '../../../engine/features';
import { loadN8nCore, requireFromCore } from '../../../engine/n8n';
import { describe as describeNode } from '../../../engine/stand-ins/describe';
import { SEED } from '../../../services/dingtalk';
import { listen } from '../../../services/core/listen';
import { START } from '../../support/rig';
import {
	sha256,
	uploadOf,
	uploadResourceOf,
	useRig,
} from '../../DingTalkKnowledgeBase/support/rig';

/*
 * The embedded engine has n8n's real binary-data service, whose stores can be exchanged. The store
 * `s3` is n8n's own code with Amazon's client, talking to a bucket on this machine; `database`
 * repeats that of n8n's server (`dist/binary-data/database.manager.js`), which no package offers,
 * around a table in memory.
 */

interface Row {
	data: Buffer;
	metadata: BinaryData.PreWriteMetadata;
}

/** What goes wrong when a file is read, and after how many bytes. */
interface Trouble {
	how: 'breaks' | 'ends' | 'goes on' | 'is gone';
	after: number;
}

let trouble: Trouble | undefined;

/** What is read instead of the file. */
function troubled(data: Buffer): Buffer {
	const { how, after } = trouble ?? { after: Infinity };
	return how === 'goes on' ? Buffer.concat([data, Buffer.alloc(after)]) : data.subarray(0, after);
}

/** The part of S3 that n8n uses for its files. */
const bucket = createServer((request, response) => {
	void (async () => {
		const key = request.url?.split('?')[0] ?? '';
		if (request.method === 'PUT') {
			const data = Buffer.concat(await request.toArray());
			const { 'content-type': mimeType, 'x-amz-meta-filename': fileName } = request.headers;
			objects.set(key, { data, metadata: { mimeType, fileName: String(fileName) } });
			response.end();
			return;
		}
		const row = trouble?.how === 'is gone' ? undefined : objects.get(key);
		if (!row) {
			response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
			return;
		}
		const data = request.method === 'HEAD' ? row.data : troubled(row.data);
		response.writeHead(200, {
			'content-length': trouble?.how === 'breaks' ? row.data.length : data.length,
			'content-type': row.metadata.mimeType,
			'x-amz-meta-filename': row.metadata.fileName,
		});
		if (request.method === 'HEAD' || trouble?.how !== 'breaks') response.end(data);
		else response.write(data, () => request.socket.destroy());
	})();
});
const objects = new Map<string, Row>();
let bucketUrl = '';

/** n8n's table of files: the whole file is one value, and one piece of the stream. */
class Database implements BinaryData.Manager {
	private readonly rows = new Map<string, Row>();

	async init(): Promise<void> {}

	async store(_: unknown, body: Buffer | Readable, metadata: BinaryData.PreWriteMetadata) {
		const data = Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray());
		return this.insert({ data, metadata });
	}

	getPath(fileId: string): string {
		return `database://${fileId}`;
	}

	async getAsBuffer(fileId: string): Promise<Buffer> {
		const row = trouble?.how === 'is gone' ? undefined : this.rows.get(fileId);
		if (!row) throw new Error('Could not find any entity of type "BinaryDataFile"');
		return row.data;
	}

	async getAsStream(fileId: string): Promise<Readable> {
		const data = troubled(await this.getAsBuffer(fileId));
		if (trouble?.how !== 'breaks') return Readable.from(data);
		return Readable.from(
			(function* () {
				yield data;
				throw Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' });
			})(),
		);
	}

	async getMetadata(fileId: string): Promise<BinaryData.Metadata> {
		const fileSize = (await this.getAsBuffer(fileId)).length;
		return { ...this.rows.get(fileId)?.metadata, fileSize };
	}

	async copyByFileId(_: unknown, sourceFileId: string): Promise<string> {
		const data = await this.getAsBuffer(sourceFileId);
		return this.insert({ data, metadata: this.rows.get(sourceFileId)?.metadata ?? {} }).fileId;
	}

	async copyByFilePath(_: unknown, path: string, metadata: BinaryData.PreWriteMetadata) {
		return this.insert({ data: await readFile(path), metadata });
	}

	async rename(oldFileId: string, newFileId: string): Promise<void> {
		this.rows.set(newFileId, { data: await this.getAsBuffer(oldFileId), metadata: {} });
		this.rows.delete(oldFileId);
	}

	private insert(row: Row): BinaryData.WriteResult {
		const fileId = randomUUID();
		this.rows.set(fileId, row);
		return { fileId, fileSize: row.data.length };
	}
}

/**
 * As in n8n 2.8.4: the pieces are those of the network, and the length of an empty object is taken
 * for a missing header, so that its size is NaN.
 */
function ofOldN8n(manager: BinaryData.Manager): BinaryData.Manager {
	const getMetadata = manager.getMetadata.bind(manager);
	const getAsStream = manager.getAsStream.bind(manager);
	manager.getAsStream = async (fileId) => await getAsStream(fileId);
	manager.getMetadata = async (fileId) => {
		const metadata = await getMetadata(fileId);
		return { ...metadata, fileSize: metadata.fileSize || NaN };
	};
	return manager;
}

/** n8n's own manager of the store `s3`. */
function s3Manager(logger: unknown, config: object, errors: ErrorReporter): BinaryData.Manager {
	const { core } = loadN8nCore();
	if (!has('a package of its own for the stores of files')) {
		const { ObjectStoreManager } = requireFromCore(
			'n8n-core/dist/binary-data/object-store.manager',
		);
		const { ObjectStoreService } = core as unknown as typeof ObjectStore;
		return new ObjectStoreManager(new ObjectStoreService(logger as never, config as never));
	}
	const { S3ByteStore } = requireFromCore('@n8n/blob-storage') as typeof BlobStorage;
	const { ObjectStoreService } = requireFromCore(
		'@n8n/blob-storage/object-store',
	) as typeof ObjectStore;
	const client = new ObjectStoreService(logger as never, config as never);
	return new core.BinaryDataBlobManager(new S3ByteStore(client), errors);
}

/** Inside of a workflow n8n's services are those of the engine that runs it. */
class ChooseStore implements INodeType {
	description = describeNode('chooseStore', 'Choose Store');

	async execute(): Promise<INodeExecutionData[][]> {
		const { core, container, Logger } = loadN8nCore();
		const service = container.get(core.BinaryDataService) as unknown as {
			mode: string;
			setManager(mode: string, manager: unknown): void;
		};
		const config = {
			host: new URL(bucketUrl).host,
			protocol: 'http',
			forcePathStyle: true,
			maxAttempts: 1,
			bucket: { name: 'files', region: 'us-east-1' },
			credentials: { accessKey: 'key', accessSecret: 'secret', authAutoDetect: false },
		};
		const s3 = s3Manager(container.get(Logger), config, container.get(core.ErrorReporter));
		service.setManager('s3', ChooseStore.mode === 's3 2.8' ? ofOldN8n(s3) : s3);
		service.setManager('database', new Database());
		service.mode = ChooseStore.mode.split(' ')[0];
		return [[]];
	}

	static mode = '';
}

const engine = { binaryMode: 'filesystem' as const, nodes: { 'test.chooseStore': ChooseStore } };
const rig = useRig({ engine });
const { empty } = SEED.folders;
const upload = uploadOf({}, { inputDataFieldName: '*' });
const KIB = 1024;
const MIB = KIB * KIB;
const SIZES = [0, 1, 256 * KIB - 1, 256 * KIB, 256 * KIB + 1, MIB + 17, 6 * MIB];

beforeAll(async () => void (bucketUrl = await listen(bucket)));
afterAll(() => {
	bucket.closeAllConnections();
	bucket.close();
});

describe.each(['s3', 's3 2.8', 'database'])("files in n8n's store %s", (mode) => {
	const [store] = mode.split(' ');

	beforeEach(async () => {
		trouble = undefined;
		ChooseStore.mode = mode;
		await rig.workflow(chain(START, { name: 'Choose', type: 'test.chooseStore' }));
	});

	const stored = async (size: number) => {
		const bytes = randomBytes(size);
		const file = await rig.file(bytes, `${size}.bin`, 'application/octet-stream');
		expect(file).toMatchObject({ id: expect.stringMatching(`^${store}:`) as string, data: store });
		return { bytes, file };
	};

	for (const size of SIZES) {
		it(`arrive byte by byte: ${size} bytes`, async () => {
			const { bytes, file } = await stored(size);
			const { error, json } = await rig.run(upload, {
				input: [await rig.item({ data: file })],
			});
			expect(error).toBeUndefined();
			expect(json).toMatchObject([{ name: `${size}.bin`, size, upload: { attempts: 1 } }]);
			expect(rig.service.files(empty.dentryUuid)).toMatchObject([{ size, sha256: sha256(bytes) }]);
		});
	}

	it('arrive together', async () => {
		const files = await Promise.all([2 * MIB, 5, 1, MIB + 3].map(stored));
		const named = files.map(({ file }, index) => [`file_${index}`, file]);
		const input = [await rig.item(Object.fromEntries(named))];
		expect((await rig.run(upload, { input })).error).toBeUndefined();
		const sums = rig.service.files(empty.dentryUuid).map((each) => each.sha256);
		expect(sums.sort()).toEqual(files.map(({ bytes }) => sha256(bytes)).sort());
	});

	it('arrive in a document', async () => {
		const { bytes, file } = await stored(MIB + 1);
		const run = await rig.run(uploadResourceOf(), { input: [await rig.item({ data: file })] });
		expect(run.error).toBeUndefined();
		expect(rig.service.resources()).toMatchObject([{ size: MIB + 1, sha256: sha256(bytes) }]);
	});

	it.each([
		[
			'breaks off',
			{ after: 700 * KIB, how: 'breaks' },
			"The file could not be read from n8n's binary store",
			'ECONNRESET',
		],
		[
			'ends early',
			{ after: 700 * KIB, how: 'ends' },
			'The file is shorter than',
			'LENGTH_MISMATCH',
		],
		['is empty', { after: 0, how: 'ends' }, 'The file is shorter than', 'LENGTH_MISMATCH'],
		['goes on', { after: 1, how: 'goes on' }, 'The file is longer than', 'LENGTH_MISMATCH'],
		[
			'is gone',
			{ after: 0, how: 'is gone' },
			"The file could not be read from n8n's binary store",
			undefined,
		],
	] as const)('are not committed when the store %s', async (_, what, title, code) => {
		const { file } = await stored(MIB);
		trouble = what;
		const input = [await rig.item({ data: file })];
		const { shown } = await rig.run(upload, { input });
		expect(shown.message).toContain(title);
		expect(shown.description).toMatch(/Run the workflow again from the node that created the file/);
		expect(shown.data).toMatchObject({ fileName: `${MIB}.bin`, sourceField: 'data' });
		expect(shown.data.code).toBe(code);
		expect(rig.service.callsOf('commit')).toEqual([]);
		expect(rig.service.objects()).toEqual([]);
		expect(rig.service.files(empty.dentryUuid)).toEqual([]);
	});
});
