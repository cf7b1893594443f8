import { choice } from '../../shared/parameter';

/** What the choices mean for an operation. */
interface Meanings {
	about: string;
	keep: string;
	overwrite: string;
	rename: string;
}

/** Makes the option "Conflict Strategy". */
export function conflictStrategy({ about, keep, overwrite, rename }: Meanings) {
	return choice({
		displayName: 'Conflict Strategy',
		name: 'conflictStrategy',
		type: 'options',
		default: 'AUTO_RENAME',
		description: about,
		options: [
			{
				name: 'Fail',
				value: 'RETURN_ERROR_IF_EXISTS',
				description: 'Report an error',
			},
			{
				name: 'Keep the Existing File',
				value: 'RETURN_DENTRY_IF_EXISTS',
				description: keep,
			},
			{
				name: 'Overwrite',
				value: 'OVERWRITE',
				description: overwrite,
			},
			{
				name: 'Rename',
				value: 'AUTO_RENAME',
				description: rename,
			},
		],
	});
}
