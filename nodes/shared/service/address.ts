import { badInput } from '../errors';
import { hasHalfCharacter } from '../options';

export type Query = Record<string, string | number | boolean | undefined>;

/**
 * Checks the parts of a URL before anything is sent. Encoding makes every ID safe but these: a
 * segment of dots would be resolved as a step up, an empty one would be lost, and half a surrogate
 * pair cannot be encoded.
 *
 * @throws {UploadError} for such a segment or query value
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
		'An ID is empty, consists only of dots, or contains half a character. Correct the expression that returns it.',
	).with({ step });
}

/** Returns path and query below the base URL, encoded so that no ID can change the path. */
export function addressOf(path: string[], query: Query): string {
	return withQuery(`/${path.map(encodeURIComponent).join('/')}`, query);
}

/** Adds parameters to the query of a URL; unset ones are left out. */
export function withQuery(address: string, query: Query): string {
	const parameters = Object.entries(query)
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
		.join('&');
	if (parameters === '') return address;
	return `${address}${address.includes('?') ? '&' : '?'}${parameters}`;
}
