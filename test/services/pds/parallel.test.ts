import { describe, expect, it } from 'vitest';
import { startLocalPds } from './index';
import { useService } from '../core/use-service';
import { contextsOf, cut, noise, PART_BYTES, PdsClient, told } from './test-client';

const service = useService(startLocalPds);
const client = new PdsClient(service);

describe('a parallel upload cannot be completed', () => {
	async function attempt(
		parts: Buffer[],
		change: (context: { h: number[]; part_offset: number }) => object = (context) => context,
	): Promise<[number, string]> {
		const contexts = await contextsOf(parts);
		const asked = contexts.map((context, index) => ({
			parallel_sha1_ctx: index === 1 ? change(context) : context,
		}));
		const upload = await client.begin(asked, { parallel_upload: true });
		for (const [index, info] of upload.part_info_list.entries()) {
			await client.put(info, parts[index]);
		}
		return told(await client.complete(upload));
	}

	const parts = cut(noise(3 * PART_BYTES));

	it('when a context is not the state of the bytes before', async () => {
		const wrong = [400, 'InvalidParameterNotMatch.ParallelSha1Ctx'];
		expect(await attempt(parts)).toEqual([200, undefined]);
		expect(await attempt(parts, ({ h, ...rest }) => ({ ...rest, h: [...h].reverse() }))).toEqual(
			wrong,
		);
		expect(await attempt(parts, ({ h }) => ({ h, part_offset: 64 }))).toEqual(wrong);
	});

	it('when its parts are not of one size', async () => {
		const unequal = [noise(PART_BYTES), noise(PART_BYTES + 64), noise(1)];
		expect(await attempt(unequal)).toEqual([400, 'InvalidParameterNotMatch.PartInfoList']);
		const largeLast = [noise(PART_BYTES), noise(PART_BYTES + 64)];
		expect(await attempt(largeLast)).toEqual([400, 'InvalidParameterNotMatch.PartInfoList']);
	});

	it('when a part is missing', async () => {
		const asked = (await contextsOf(parts)).map((context) => ({ parallel_sha1_ctx: context }));
		const upload = await client.begin(asked, { parallel_upload: true });
		await client.put(upload.part_info_list[0], parts[0]);
		await client.put(upload.part_info_list[2], parts[2]);
		expect(told(await client.complete(upload))[1]).toBe('InvalidParameterNotMatch.PartInfoList');
	});
});
