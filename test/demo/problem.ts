/** Something the user can read: one sentence, no stack. */
export class Problem extends Error {}

/** The sentence for any error; a node's error also says what to do. */
export function sentenceOf(error: unknown): string {
	const { message, description } = error as { message?: string; description?: unknown };
	const title = message ?? String(error);
	if (typeof description !== 'string' || description === '') return title;
	return `${title.replace(/\.$/, '')}. ${description}`;
}
