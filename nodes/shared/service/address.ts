import { badInput } from '../errors';
import { hasHalfCharacter } from '../options';

export type Query = Record<string, string | number | boolean | undefined>;

/**
 * Checks what becomes a part of an address before anything is sent. Encoding keeps every id in its
 * place but these: a segment of dots would be taken for a step up, an empty one would be lost, and
 * half a character has no encoding.
 *
 * @throws {UploadError}
 */
export function assertAddressable({
	step,
	path,
	query = {},
}: {
	step: string;
	path: string[];
	query?: Query;
}): void {
	const segment = path.find((each) => /^\.*$/.test(each) || hasHalfCharacter(each));
	const value = Object.values(query).find((each) => hasHalfCharacter(String(each)));
	const found = segment ?? value;
	if (found === undefined) return;
	throw badInput(
		`${JSON.stringify(String(found).slice(0, 80))} cannot be part of an address`,
		'An id is empty, has only dots, or has half a character. Correct the expression that gives it.',
	).with({ step });
}

/** Path and query below the base URL; no id can leave its place. */
export function addressOf(path: string[], query: Query): string {
	return withQuery(`/${path.map(encodeURIComponent).join('/')}`, query);
}

/** The address with more in its query; what is not set is left out. */
export function withQuery(address: string, query: Query): string {
	const parameters = Object.entries(query)
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
		.join('&');
	if (parameters === '') return address;
	return `${address}${address.includes('?') ? '&' : '?'}${parameters}`;
}
