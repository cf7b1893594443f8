import { describe, expect, it } from 'vitest';

import { BufferPool, type PartBuffer } from '../../../../nodes/AlibabaCloudPds/upload/buffer-pool';

const { signal } = new AbortController();

describe('the memory for parts', () => {
	it('is given to so many at a time, and to those who wait in their order', async () => {
		const pool = new BufferPool(2);
		const [first, second] = [await pool.take(signal), await pool.take(signal)];
		const served: string[] = [];
		const wait = async (who: string) => {
			const buffer = await pool.take(signal);
			served.push(who);
			return buffer;
		};
		const [third, fourth] = [wait('third'), wait('fourth')];
		expect(served).toEqual([]);
		second.release();
		expect(await third).toBe(second);
		expect(served).toEqual(['third']);
		first.release();
		expect(await fourth).toBe(first);
	});

	it('is used again for the next part, so that a long file needs no more of it', async () => {
		const pool = new BufferPool(2);
		const memories = new Set<ArrayBufferLike>();
		const fill = (buffer: PartBuffer, size: number) => memories.add(buffer.room(size).buffer);
		for (let part = 0; part < 50; part++) {
			const [one, other] = [await pool.take(signal), await pool.take(signal)];
			fill(one, 64);
			fill(other, part === 49 ? 3 : 64);
			one.release();
			other.release();
		}
		expect([...memories].map(({ byteLength }) => byteLength)).toEqual([64, 64]);
	});

	it('has exactly the bytes that are asked for, and grows when a file has larger parts', async () => {
		const buffer = await new BufferPool(1).take(signal);
		expect([0, 5, 3, 9].map((size) => buffer.room(size).length)).toEqual([0, 5, 3, 9]);
	});

	it('is not waited for after a stop, and the place of who has left goes to the next', async () => {
		const pool = new BufferPool(1);
		const first = await pool.take(signal);
		const stop = new AbortController();
		const leaving = pool.take(stop.signal);
		const next = pool.take(signal);
		stop.abort();
		await expect(leaving).rejects.toMatchObject({ failure: 'cancelled' });
		first.release();
		expect(await next).toBe(first);
	});

	it('is not given to who comes after a stop', async () => {
		const pool = new BufferPool(1);
		await expect(pool.take(AbortSignal.abort())).rejects.toMatchObject({ failure: 'cancelled' });
		expect(await pool.take(signal)).toBeDefined();
	});
});
