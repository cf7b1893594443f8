import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import type { AppProperty, CommitOptions, ConflictStrategy } from '../api/commit-file';

const STRATEGIES = [
	'AUTO_RENAME',
	'OVERWRITE',
	'RETURN_DENTRY_IF_EXISTS',
	'RETURN_ERROR_IF_EXISTS',
];

/** The service takes no more on one file. */
const MOST_PROPERTIES = 3;

/**
 * The commit call's options from the node's.
 *
 * @throws {UploadError} for a fourth app property, two of one name, an unknown strategy
 */
export function readCommitOptions(options: IDataObject): CommitOptions {
	const { conflictStrategy, convertToOnlineDoc, convertToOnlineDocTargetDocumentType } = options;
	const strategy = conflictStrategy ? String(conflictStrategy) : undefined;
	if (strategy && !STRATEGIES.includes(strategy)) {
		throw badInput(
			`The conflict strategy "${strategy}" does not exist`,
			`Choose one of ${STRATEGIES.join(', ')}.`,
		);
	}
	return {
		conflictStrategy: strategy as ConflictStrategy | undefined,
		appProperties: readAppProperties(options.appProperties),
		convertToOnlineDoc: convertToOnlineDoc === undefined ? undefined : Boolean(convertToOnlineDoc),
		convertToOnlineDocTargetDocumentType: convertToOnlineDocTargetDocumentType
			? String(convertToOnlineDocTargetDocumentType).trim()
			: undefined,
	};
}

function readAppProperties(given: unknown): AppProperty[] | undefined {
	const list = (given as { property?: AppProperty[] } | undefined)?.property ?? [];
	if (list.length === 0) return undefined;
	if (list.length > MOST_PROPERTIES) {
		throw badInput(
			`${list.length} app properties are given, but a file takes at most ${MOST_PROPERTIES}`,
			'Remove some, or put several values into one property.',
		);
	}
	const names = list.map(({ name }) => String(name ?? '').trim());
	if (names.includes(''))
		throw badInput('An app property has no name', 'Enter a name or remove it.');
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice) throw badInput(`The app property "${twice}" is given twice`, 'Names must differ.');
	return list.map(({ value, visibility }, index) => ({
		name: names[index],
		value: String(value ?? ''),
		visibility: visibility === 'PRIVATE' ? 'PRIVATE' : 'PUBLIC',
	}));
}
