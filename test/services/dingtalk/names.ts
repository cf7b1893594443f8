import { splitName } from '../core/names';

/** The longest name; said of renaming, for uploads UNCONFIRMED. */
const MAX_LENGTH = 255;

/**
 * The name as it is stored: spaces at both ends are cut off.
 * Undefined when the rules forbid it: tab * " < > | anywhere, a dot at the end.
 * Slash and backslash are refused too, which no official page says.
 */
export function storedName(name: string): string | undefined {
	const trimmed = name.replace(/^ +| +$/g, '');
	const illegal = /[\t*"<>|/\\]/.test(trimmed) || trimmed.endsWith('.');
	return trimmed === '' || illegal || trimmed.length > MAX_LENGTH ? undefined : trimmed;
}

/** The first of 'name (1).ext', 'name (2).ext', … that is free. */
export function freeName(name: string, taken: (name: string) => boolean): string {
	const { stem, extension } = splitName(name);
	for (let n = 1; ; n++) {
		const candidate = `${stem} (${n})${extension && `.${extension}`}`;
		if (!taken(candidate)) return candidate;
	}
}
