import { badInput } from '../../shared/errors';
import { halfCharacter, hasHalfCharacter } from '../../shared/options';
import type { Parameter } from '../../shared/parameter';

/** For text that is not a file yet, above all from AI agents, which cannot pass files. */
export const contentOption: Parameter<string> = {
	field: {
		displayName: 'Text Content',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description:
			'Text to upload as a UTF-8 file instead of a binary field; requires the option "File Name"',
	},
	read: readContent,
};

/** Reads the text untrimmed: every character of it belongs to the file. */
function readContent(given: unknown): string {
	const content = typeof given === 'string' ? given : undefined;
	if (content !== undefined && hasHalfCharacter(content)) throw halfCharacter('The text to upload');
	if (content) return content;
	const isEmpty = content === '' || given === undefined || given === null;
	throw badInput(
		isEmpty
			? 'The text to upload is empty'
			: `The text to upload is not a text but a value of type ${typeof given}`,
		'Enter the whole text of the file in the option "Text Content", or remove the option.',
	);
}
