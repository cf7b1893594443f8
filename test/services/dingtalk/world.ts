import type { StoredContent } from '../core/oss/give';
import type { HashName, OwnError } from '../core/types';
import { RateLimit } from '../core/rate';
import { frontSettings, ServiceWorld, withoutBytes } from '../core/world';
import { ApiError, tooMany } from './errors';
import { Grants } from './grants';
import { SEED } from './seed';
import { seedTree } from './seed-tree';
import { Tasks } from './tasks';
import type { Entry, Tree, Workspace } from './tree';
import type { CallName, LocalDingTalkOptions, Message, Permission, StoredObject } from './types';
import { committedFiles, storedResources } from './views';

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
		...frontSettings(options),
		callsPerSecond: options.callsPerSecond ?? 0,
		tokenLifeSeconds: options.tokenLifeSeconds ?? 7200,
		signatureLifeSeconds: options.signatureLifeSeconds ?? 900,
		uploadKeyLifeSeconds: options.uploadKeyLifeSeconds ?? 900,
		hashes: options.hashes ?? (['md5', 'sha256', 'crc64'] satisfies HashName[]),
	};
}

/** Everything the two fronts share: what is stored, granted, recorded and set to go wrong. */
export class World extends ServiceWorld<CallName, Settings> {
	readonly grants: Grants;
	readonly rate: RateLimit;
	tree!: Tree;
	workspaces!: Workspace[];
	readonly uploads = new Map<string, Upload>();
	readonly resourceUploads: ResourceUpload[] = [];
	readonly objects = new Map<string, StoredObject>();
	/** By dentryUuid and member. */
	readonly permissions = new Map<string, Permission>();
	/** What was sent to chats, in its order. */
	readonly messages: Message[] = [];
	readonly tasks: Tasks;
	/** The ids of the spaces that have a recycle bin: those of no knowledge base, says the page. */
	readonly recycleBins = new Set<string>();
	/** What is in the recycle bins, by uuid. */
	readonly recycled: string[] = [];
	/** Places in the bucket that were opened for a download, with what is there. */
	readonly downloads = new Map<string, () => Promise<StoredContent>>();

	constructor(settings: Settings) {
		super(settings);
		this.grants = new Grants(settings.now, settings.tokenLifeSeconds);
		this.rate = new RateLimit(settings.now, settings.callsPerSecond, tooMany);
		this.tasks = new Tasks(settings.now);
		this.reset();
	}

	override reset(): void {
		super.reset();
		Object.assign(this, seedTree());
		this.uploads.clear();
		this.resourceUploads.length = 0;
		this.objects.clear();
		this.permissions.clear();
		this.messages.length = 0;
		this.tasks.clear();
		this.recycled.length = 0;
		this.recycleBins.clear();
		this.recycleBins.add(SEED.drive.spaceId);
		this.downloads.clear();
		this.grants.revokeAll();
		this.rate.clear();
	}

	revokeTokens(): void {
		this.grants.revokeAll();
	}

	state(): object {
		return {
			files: withoutBytes(committedFiles(this)),
			resources: withoutBytes(storedResources(this)),
			objects: withoutBytes(this.objects.values()),
			seed: SEED,
		};
	}

	errorBody({ status, code, message = code, requiredScopes }: OwnError, requestId: string): object {
		return new ApiError(status, code, message, requiredScopes).toBody(requestId);
	}
}
