import { checkFields as check, type Field } from '../core/fields';
import { PdsError } from './errors';

/**
 * What the official JS SDK sends beside the documented fields, and the live service evidently
 * ignores: it forgets to take an option of its own, and its notes on each part, out of the body.
 */
const SDK_EXTRAS: Record<string, Field> = { donot_emit_error: { type: 'boolean' } };

/** The value as an object of known fields of the right types; anything else is refused. */
export function checkFields(
	value: unknown,
	fields: Record<string, Field>,
	where?: string,
): Record<string, unknown> {
	const known = where ? fields : { ...fields, ...SDK_EXTRAS };
	return check(value, known, where ?? 'body', (message) => {
		return new PdsError(400, 'InvalidParameter', `The input parameter is not valid: ${message}`);
	});
}
