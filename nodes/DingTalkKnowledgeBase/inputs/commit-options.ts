import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { readChoice, readFlag, readText } from '../../shared/options';
import type { AppProperty, CommitOptions } from '../api/commit-file';

const STRATEGIES = [
	'AUTO_RENAME',
	'OVERWRITE',
	'RETURN_DENTRY_IF_EXISTS',
	'RETURN_ERROR_IF_EXISTS',
] as const;

/** The service takes no more on one file. */
const MOST_PROPERTIES = 3;

/**
 * The commit call's options from the node's.
 *
 * @throws {UploadError} for a fourth app property, two of one name, an unknown strategy
 */
export function readCommitOptions(options: IDataObject): CommitOptions {
	return {
		conflictStrategy: readChoice(options.conflictStrategy, 'Conflict Strategy', STRATEGIES),
		appProperties: readAppProperties(options.appProperties),
		convertToOnlineDoc: readFlag(options.convertToOnlineDoc, 'Convert to Online Document'),
		convertToOnlineDocTargetDocumentType: readText(
			options.convertToOnlineDocTargetDocumentType,
			'Convert to Document Type',
		),
	};
}

function readAppProperties(given: unknown): AppProperty[] | undefined {
	const list = listOf(given);
	if (list.length === 0) return undefined;
	if (list.length > MOST_PROPERTIES) {
		throw badInput(
			`${list.length} app properties are given, but a file takes at most ${MOST_PROPERTIES}`,
			'Remove some, or put several values into one property.',
		);
	}
	const properties = list.map(readAppProperty);
	const names = properties.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice) throw badInput(`The app property "${twice}" is given twice`, 'Names must differ.');
	return properties;
}

/** The form gives `{ property: [] }`; an expression may give the list, or a single property. */
function listOf(given: unknown): IDataObject[] {
	if (given === undefined || given === null || given === '') return [];
	const inside = isObject(given) && Object.hasOwn(given, 'property') ? given.property : given;
	if (isObject(inside) && Object.keys(inside).length === 0) return [];
	const list = [inside ?? []].flat() as unknown[];
	if (list.every(isObject)) return list;
	throw badInput(
		'The app properties are not a list of properties',
		'Each needs a name, a value and a visibility (PUBLIC or PRIVATE).',
	);
}

function readAppProperty(property: IDataObject): AppProperty {
	const name = readText(property.name, 'Name of an app property');
	if (!name) throw badInput('An app property has no name', 'Enter a name or remove it.');
	const visibility = readChoice(property.visibility, `Visibility of "${name}"`, [
		'PUBLIC',
		'PRIVATE',
	]);
	// Spaces around a value are part of it.
	const value = readText(property.value, `Value of "${name}"`, { trim: false }) ?? '';
	return { name, value, visibility: visibility ?? 'PUBLIC' };
}
