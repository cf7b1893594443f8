import { describe, expect, it } from 'vitest';

import { KeyedMutex } from '../../../nodes/shared/keyed-mutex';

describe('a keyed mutex', () => {
	it('gives turns in the order in which they were taken, whoever is ready first', async () => {
		const turns = new KeyedMutex();
		const order: number[] = [];
		const taken = [0, 1, 2].map((index) => ({ index, turn: turns.take('report.pdf') }));
		const goOn = async ({ index, turn }: (typeof taken)[number]) => {
			await turn.comes;
			order.push(index);
			turn.end();
		};
		await Promise.all(taken.reverse().map(goOn));
		expect(order).toEqual([0, 1, 2]);
	});

	it('lets different keys go on side by side', async () => {
		const turns = new KeyedMutex();
		turns.take('a.pdf');
		await turns.take('b.pdf').comes;
	});

	it('lets a turn end without having come', async () => {
		const turns = new KeyedMutex();
		const first = turns.take('a.pdf');
		const second = turns.take('a.pdf');
		const third = turns.take('a.pdf');
		second.end();
		first.end();
		await third.comes;
	});
});
