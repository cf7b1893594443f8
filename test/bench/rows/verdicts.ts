import type { Figure } from '../../measure/report';

export function ahead(name: string, value: number): Figure {
	return { name, measured: value.toFixed(2), toReach: 'more than 1', reached: value > 1 };
}

export function tenTimes(name: string, value: number): Figure {
	return { name, measured: value.toFixed(1), toReach: 'at least 10', reached: value >= 10 };
}
