import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CONTROL } from '../../core/api/control';
import { Digest } from '../../core/oss/digest';
import { SEED } from '../seed';
import { dentryView } from '../views';
import type { World } from '../world';

/** Bytes that a large file is made of, again and again. */
const BLOCK = 1024 * 1024;

/** Bytes that cannot be packed, the same in every run. */
function blockOf(name: string): Buffer {
	const block = Buffer.alloc(BLOCK);
	let digest = createHash('sha512').update(name).digest();
	for (let at = 0; at < BLOCK; at += digest.length) {
		digest.copy(block, at);
		digest = createHash('sha512').update(digest).digest();
	}
	return block;
}

/** Puts files of any size into the empty folder, without an upload and without their memory. */
export function addPlanting(app: FastifyInstance, world: World): void {
	app.post(`${CONTROL}plant`, async (request) => {
		const { name, size } = JSON.parse(String(request.body)) as { name: string; size: number };
		const parent = world.tree.get(SEED.folders.empty.dentryUuid);
		if (!parent) throw new Error('The folder is gone');
		const bytes = blockOf(name);
		const digest = await Digest.begin(world.settings.hashes);
		for (let left = size; left > 0; left -= BLOCK) digest.update(bytes.subarray(0, left));
		const entry = world.tree.add({
			...{ workspace: parent.workspace, parent, type: 'FILE', name, size },
			...{ creatorId: SEED.operator.unionId, createdAt: world.settings.now() },
			stored: { ...digest.finish(), bytes },
		});
		return dentryView(entry);
	});
}
