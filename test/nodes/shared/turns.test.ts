import { describe, expect, it } from 'vitest';

import { Turns } from '../../../nodes/shared/turns';

describe('turns', () => {
	it('come in the order in which they were taken, whoever is ready first', async () => {
		const turns = new Turns();
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

	it('of different keys do not wait for each other', async () => {
		const turns = new Turns();
		turns.take('a.pdf');
		await turns.take('b.pdf').comes;
	});

	it('may end without having come', async () => {
		const turns = new Turns();
		const first = turns.take('a.pdf');
		const second = turns.take('a.pdf');
		const third = turns.take('a.pdf');
		second.end();
		first.end();
		await third.comes;
	});
});
