/** Whether a value is of a kind. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';

export const optional =
	(shape: Shape): Shape =>
	(value) =>
		value === undefined || shape(value);

export const anArrayOf =
	(shape: Shape, least = 0): Shape =>
	(value) =>
		Array.isArray(value) && value.length >= least && value.every(shape);

/** An object with these fields, and perhaps others. */
export const anObject =
	(fields: Record<string, Shape>): Shape =>
	(value) =>
		typeof value === 'object' &&
		value !== null &&
		Object.entries(fields).every(([name, shape]) =>
			shape((value as Record<string, unknown>)[name]),
		);
