import { overall, recover } from '../../shared/errors';
import { SharedWork } from '../../shared/shared-work';
import type { DingTalkClient } from '../api/client';
import type { DentryIds } from '../api/dentry';
import { getDentryIds } from '../api/get-dentry-ids';
import type { DestinationInput } from '../inputs/destination';
import type { FileInput } from '../inputs/file';
import type { Operator } from '../inputs/operator';
import type { Place } from '../inputs/places';
import { subFolder, type Folder } from './folder';
import { unionIdOf } from './operator';
import { dentryUuidOf } from './place';

/** The destination of a file, as the calls need it. */
export interface Destination {
	unionId: string;
	parentDentryUuid: string;
}

/** A file, folder or document, as the calls need it. */
export interface DentryRef extends DentryIds {
	unionId: string;
	dentryUuid: string;
}

/** Looks up what an item's parameters do not tell, once for all items that need the same. */
export class LookUps {
	private readonly texts = new SharedWork<string>(true);

	private readonly folders = new SharedWork<Folder>(true);

	private readonly ids = new SharedWork<DentryIds>(true);

	constructor(private readonly client: DingTalkClient) {}

	/**
	 * Looks up where a file is to go. A folder that may have been made without an answer is harmless:
	 * it says nothing about the file.
	 */
	async destination(input: DestinationInput): Promise<Destination> {
		const { unionId, dentryUuid } = await recover(
			async () => await this.folder(input),
			(error) => error.with({ outcome: overall(error.facts.outcome, 'none') }),
		);
		return { unionId, parentDentryUuid: dentryUuid };
	}

	/**
	 * Looks up the operator, then the parent folder, then the folders of the path, which are created
	 * where they are missing.
	 */
	async folder(input: DestinationInput): Promise<Folder & { unionId: string }> {
		const { operator, parent, parentIds, folderNames } = input;
		const unionId = await this.unionId(operator);
		let folder: Folder = { dentryUuid: await this.dentryUuid(parent, unionId), ids: parentIds };
		for (const name of folderNames) folder = await this.subFolder(folder, name, unionId);
		return { ...folder, unionId };
	}

	/** Looks up the operator, then the IDs of the file, unless its item told them. */
	async dentry({ operator, file, ids }: FileInput): Promise<DentryRef> {
		const unionId = await this.unionId(operator);
		const dentryUuid = await this.dentryUuid(file, unionId);
		return { unionId, dentryUuid, ...(ids ?? (await this.dentryIds(dentryUuid, unionId))) };
	}

	async unionId(operator: Operator): Promise<string> {
		return await this.texts.get(
			keyOf('operator', operator),
			async () => await unionIdOf(this.client, operator),
		);
	}

	/** @param operatorId union ID */
	async dentryUuid(place: Place, operatorId: string): Promise<string> {
		return await this.texts.get(
			keyOf('place', place, operatorId),
			async () => await dentryUuidOf(this.client, place, operatorId),
		);
	}

	private async subFolder(parent: Folder, name: string, unionId: string): Promise<Folder> {
		const { dentryUuid: parentDentryUuid, ids } = parent;
		return await this.folders.get(keyOf(parentDentryUuid, name, unionId), async () => {
			const parentIds = async () => ids ?? (await this.dentryIds(parentDentryUuid, unionId));
			return await subFolder(this.client, { parentDentryUuid, parentIds, name, unionId });
		});
	}

	private async dentryIds(dentryUuid: string, operatorId: string): Promise<DentryIds> {
		return await this.ids.get(
			keyOf(dentryUuid, operatorId),
			async () => await getDentryIds(this.client, { dentryUuid, operatorId }),
		);
	}
}

function keyOf(...parts: unknown[]): string {
	return JSON.stringify(parts);
}
