import type { IBinaryData } from 'n8n-workflow';

import { maxConcurrencyOption } from '../../../../nodes/AlibabaCloudPds/inputs/upload-options';
import { partSizeFor } from '../../../../nodes/AlibabaCloudPds/upload/plan';
import { pathOf } from '../../../measure/binary-store';
import { KIB } from '../../../measure/places';
import type { PdsService } from '../../pds/service';
import type { Task } from '../../tasks';

/** How the parts go: some at a time and in any order, or one after the other. */
export type Way = 'parallel' | 'sequential';

export const WAYS: Way[] = ['parallel', 'sequential'];

/** Parts at a time: the node's default, and the least. */
export const AT_A_TIME: Record<Way, number> = {
	parallel: maxConcurrencyOption.read(undefined),
	sequential: 1,
};

/** Bytes that the bare client reads at a time, as many as the node asks n8n's store for. */
export const READ_SIZE = 256 * KIB;

/** A staged file, its size, and the folder it is in. */
export interface Staged {
	dataFolder: string;
	file: IBinaryData;
	size: number;
}

/** Our node: the whole upload, from its creation to its completion. */
export function nodeTask({ apiUrl, seed }: PdsService, { file }: Staged, way: Way): Task {
	// Nothing is said where the default is meant.
	const options = way === 'parallel' ? {} : { maxConcurrency: AT_A_TIME[way] };
	return { kind: 'pdsNode', apiUrl, seed, file, options };
}

/** Nothing but PUTs of the parts that the node would cut; their addresses are got here. */
export async function bareTask(service: PdsService, staged: Staged, way: Way): Promise<Task> {
	const { dataFolder, file, size } = staged;
	const partSize = partSizeFor(size);
	const urls = await service.begin({ size, partSize, parallel: way === 'parallel' });
	const path = pathOf(dataFolder, file);
	return {
		...{ kind: 'parts', path, urls, partSize },
		...{ concurrency: AT_A_TIME[way], readSize: READ_SIZE },
	};
}

/** @throws {Error} unless the file is there, whole and the only one */
export async function assertFile(service: PdsService, size: number): Promise<void> {
	const { files, uploads } = await service.state();
	const sizes = files.map((file) => file.size).join(' ');
	if (sizes === String(size) && uploads.length === 0) return;
	throw new Error(`Instead of ${size} bytes there are: ${sizes || 'none'}`);
}

/** @throws {Error} unless all parts are there */
export async function assertParts(service: PdsService, size: number): Promise<void> {
	const { uploads } = await service.state();
	const stored = uploads.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part.size, 0);
	if (uploads.length !== 1 || stored !== size) throw new Error(`${stored} of ${size} are there`);
}
