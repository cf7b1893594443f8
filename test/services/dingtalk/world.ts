import { FaultBook } from './faults';
import { Grants } from './grants';
import { RateLimit } from './rate';
import { Recorder } from './recorder';
import { seedTree } from './seed-tree';
import type { Entry, Tree, Workspace } from './tree';
import type { Front, HashName, LocalDingTalkOptions, StoredObject } from './types';

/** The options with every default filled in. */
export type Settings = Required<Omit<LocalDingTalkOptions, 'apiPort' | 'ossPort'>>;

/** A place in the bucket that was promised for a file, and what became of it. */
export interface Upload {
	parent: Entry;
	key: string;
	/** When it was promised, by the service's clock. */
	at: number;
}

/** A place in the bucket that was promised for a document resource. */
export interface ResourceUpload {
	resourceId: string;
	docId: string;
	key: string;
	name: string;
	mediaType: string;
	declaredSize: number;
}

/** Fills in the defaults. */
export function settingsOf(options: LocalDingTalkOptions): Settings {
	return {
		now: options.now ?? (() => Date.now()),
		latencyMs: options.latencyMs ?? 0,
		callsPerSecond: options.callsPerSecond ?? 0,
		tokenLifeSeconds: options.tokenLifeSeconds ?? 7200,
		signatureLifeSeconds: options.signatureLifeSeconds ?? 900,
		uploadKeyLifeSeconds: options.uploadKeyLifeSeconds ?? 900,
		keepBytes: options.keepBytes ?? false,
		hashes: options.hashes ?? (['md5', 'sha256', 'crc64'] satisfies HashName[]),
	};
}

/** Everything the two fronts share: what is stored, granted, recorded and set to go wrong. */
export class World {
	readonly faults = new FaultBook();
	readonly recorder: Recorder;
	readonly grants: Grants;
	readonly rate: RateLimit;
	/** Where OSS can be reached; known once it listens. */
	ossUrl = '';
	tree!: Tree;
	workspaces!: Workspace[];
	readonly uploads = new Map<string, Upload>();
	readonly resourceUploads: ResourceUpload[] = [];
	readonly objects = new Map<string, StoredObject>();
	/** Where nobody listens at the moment. */
	readonly refusing = new Set<Front>();

	constructor(readonly settings: Settings) {
		this.recorder = new Recorder(settings.now);
		this.grants = new Grants(settings.now, settings.tokenLifeSeconds);
		this.rate = new RateLimit(settings.now, settings.callsPerSecond);
		this.reset();
	}

	/** Back to the start: the seed, no calls, no faults, no tokens. */
	reset(): void {
		Object.assign(this, seedTree());
		this.uploads.clear();
		this.resourceUploads.length = 0;
		this.objects.clear();
		this.faults.clear();
		this.recorder.clear();
		this.grants.revokeAll();
		this.rate.clear();
	}
}
