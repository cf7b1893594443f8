import type { OwnError } from '../core/types';
import { frontSettings, ServiceWorld, withoutBytes } from '../core/world';
import { notFound, PdsError } from './errors';
import type { HashContext, StateHashName } from './hash/hash-state';
import { RunningSums } from './hash/running-sums';
import { SEED } from './seed';
import { seedFolders } from './seed-folders';
import { Tokens } from './tokens';
import type { LocalPdsOptions, PdsCallName, PdsFile } from './types';
import { finishedFiles, openUploads } from './views';

/** The options with every default filled in. */
export type Settings = Required<Omit<LocalPdsOptions, 'apiPort' | 'ossPort'>>;

/** A file as it was asked for; it comes into being when its upload ends. */
export interface FileFields {
	fileId: string;
	driveId: string;
	parentFileId: string;
	name: string;
	contentType: string;
	hidden: boolean;
	description: string;
	userTags: unknown[];
	localCreatedAt?: string;
	localModifiedAt?: string;
}

/** A finished file, or a folder. */
export interface Entry extends FileFields, Omit<PdsFile, keyof FileFields> {
	type: 'file' | 'folder';
	contentHashName: StateHashName;
	/** SHA-1 of the first 1,024 bytes. */
	preHash: string;
	createdAt: string;
	updatedAt: string;
}

/** A part that OSS holds. */
export interface Part {
	partNumber: number;
	size: number;
	/** With its quotes. */
	etag: string;
	crc64: string;
	/** Its first 1,024 bytes. */
	head: Buffer;
	bytes?: Buffer;
	/** In parallel mode: where it claims to start, and what the state is behind it. */
	claimed?: HashContext;
	after?: HashContext;
	/** In parallel mode: the digest of the file, should it end here. */
	digest?: string;
}

/** An upload that is under way. */
export interface Upload {
	uploadId: string;
	file: FileFields;
	/** The object's key in the bucket. */
	key: string;
	createdAt: string;
	parallel: boolean;
	hashName: StateHashName;
	/** What creation announced, where it did. */
	size?: number;
	contentHash?: string;
	/** How each part's address was signed, and the context given with it: the last ask counts. */
	asked: Map<number, HashContext | undefined>;
	parts: Map<number, Part>;
	/** In sequential mode: of the parts so far. */
	sums: RunningSums;
}

/** Fills in the defaults. */
export function settingsOf(options: LocalPdsOptions): Settings {
	return {
		...frontSettings(options),
		checkSize: options.checkSize ?? true,
		checkParts: options.checkParts ?? true,
		tokenLifeSeconds: options.tokenLifeSeconds ?? 7200,
		urlLifeSeconds: options.urlLifeSeconds ?? 900,
		parallelAllowed: options.parallelAllowed ?? true,
		bytesPerSecondPerConnection: options.bytesPerSecondPerConnection ?? 0,
		crc64As: options.crc64As ?? 'number',
		maxPartsPerUrlCall: options.maxPartsPerUrlCall ?? 10_000,
		hashes: options.hashes ?? ['md5', 'sha1', 'sha256', 'crc64'],
	};
}

/** Everything the two fronts share: what is stored, granted, recorded and set to go wrong. */
export class World extends ServiceWorld<PdsCallName, Settings> {
	readonly tokens: Tokens;
	/** By file id. */
	readonly entries = new Map<string, Entry>(seedFolders());
	/** By upload id. */
	readonly uploads = new Map<string, Upload>();
	/** Uploads that ended well, by id, with their file's id. */
	readonly ended = new Map<string, string>();
	/** Nonces of signed requests: each is good once. */
	readonly nonces = new Set<string>();

	constructor(settings: Settings) {
		super(settings);
		this.tokens = new Tokens(settings.now, settings.tokenLifeSeconds);
	}

	/** The time now, as the API prints it. */
	timestamp(): string {
		return new Date(this.settings.now()).toISOString();
	}

	/** The finished entries of that name in a folder. */
	named(driveId: string, parentFileId: string, name: string): Entry[] {
		return this.inFolder(driveId, parentFileId).filter((entry) => entry.name === name);
	}

	/** The finished entries of a folder. */
	inFolder(driveId: string, parentFileId: string): Entry[] {
		return [...this.entries.values()].filter(
			(entry) => entry.driveId === driveId && entry.parentFileId === parentFileId,
		);
	}

	/** Refuses a parent that is no folder of the drive; `root` is one. */
	checkFolder(driveId: string, fileId: unknown): void {
		if (fileId === 'root') return;
		const entry = this.entries.get(String(fileId));
		if (entry?.type !== 'folder' || entry.driveId !== driveId) throw notFound('File');
	}

	override reset(): void {
		super.reset();
		this.entries.clear();
		for (const [fileId, entry] of seedFolders()) this.entries.set(fileId, entry);
		this.uploads.clear();
		this.ended.clear();
		this.nonces.clear();
		this.tokens.reset();
	}

	revokeTokens(): void {
		this.tokens.revokeAll();
	}

	state(): object {
		return { files: withoutBytes(finishedFiles(this)), uploads: openUploads(this), seed: SEED };
	}

	errorBody({ status, code, message = code }: OwnError): object {
		return new PdsError(status, code, message).toBody();
	}
}
