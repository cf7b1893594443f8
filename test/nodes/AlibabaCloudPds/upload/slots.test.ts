import { describe, expect, it } from 'vitest';

import { Slots, type Slot } from '../../../../nodes/AlibabaCloudPds/upload/slots';

describe('the places for parts', () => {
	it('are given to so many at a time, and to those who wait in their order', async () => {
		const slots = new Slots(2);
		const [first, second] = [await slots.take(), await slots.take()];
		const served: string[] = [];
		const wait = async (who: string) => {
			const slot = await slots.take();
			served.push(who);
			return slot;
		};
		const [third, fourth] = [wait('third'), wait('fourth')];
		expect(served).toEqual([]);
		second.release();
		expect(await third).toBe(second);
		expect(served).toEqual(['third']);
		first.release();
		expect(await fourth).toBe(first);
	});

	it('keep their memory for the next part, so that a long file needs no more of it', async () => {
		const slots = new Slots(2);
		const memories = new Set<ArrayBufferLike>();
		const fill = (slot: Slot, size: number) => memories.add(slot.room(size).buffer);
		for (let part = 0; part < 50; part++) {
			const [one, other] = [await slots.take(), await slots.take()];
			fill(one, 64);
			fill(other, part === 49 ? 3 : 64);
			one.release();
			other.release();
		}
		expect([...memories].map(({ byteLength }) => byteLength)).toEqual([64, 64]);
	});

	it('give exactly the bytes that are asked for, and grow when a file has larger parts', async () => {
		const slot = await new Slots(1).take();
		expect([0, 5, 3, 9].map((size) => slot.room(size).length)).toEqual([0, 5, 3, 9]);
	});
});
