import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { readText } from '../../shared/options';
import { choice, flag, readOption, text, type Parameter } from '../../shared/parameter';
import type { AppProperty, CommitOptions } from '../api/commit-file';
import { conflictStrategy } from './conflict-strategy';

/** The service accepts no more per file. */
const MAX_PROPERTIES = 3;

const visibility = choice({
	displayName: 'Visibility',
	name: 'visibility',
	type: 'options',
	default: 'PUBLIC',
	options: [
		{ name: 'Private', value: 'PRIVATE', description: 'Visible only to this app' },
		{ name: 'Public', value: 'PUBLIC', description: 'Visible to all apps' },
	],
});

const appPropertiesOption: Parameter<AppProperty[] | undefined> = {
	field: {
		displayName: 'App Properties',
		name: 'appProperties',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Property',
		description: `Custom data of your app to store with the file; at most ${MAX_PROPERTIES}`,
		options: [
			{
				displayName: 'Property',
				name: 'property',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						description: 'Must be unique within the app',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					visibility.field,
				],
			},
		],
	},
	read: readAppProperties,
};

const conflictStrategyOption = conflictStrategy({
	about: 'What to do when the folder already contains a file with this name',
	keep: 'Discard the upload and return the existing file',
	overwrite: 'Replace the content of the existing file',
	rename: 'Store the file under a new name such as "report (1).pdf"',
});

const convertToOnlineDocOption = flag({
	displayName: 'Convert to Online Document',
	name: 'convertToOnlineDoc',
	type: 'boolean',
	default: false,
	description:
		'Whether to turn a Word, Excel, Markdown, text or mind map file into a DingTalk document that can be edited online',
});

const targetDocumentTypeOption = text({
	displayName: 'Convert to Document Type',
	name: 'convertToOnlineDocTargetDocumentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. DOC',
	description:
		'The type of online document to convert to, e.g. DOC or WORKBOOK. Leave empty to let DingTalk choose.',
});

/** The options of the commit call, in the order of their field names. */
export const commitOptions = [
	appPropertiesOption,
	conflictStrategyOption,
	convertToOnlineDocOption,
	targetDocumentTypeOption,
];

/**
 * Reads the options of the commit call.
 *
 * @throws {UploadError} for a fourth app property, two with one name, or an unknown strategy
 */
export function readCommitOptions(options: IDataObject): CommitOptions {
	return {
		conflictStrategy: readOption(options, conflictStrategyOption),
		appProperties: readOption(options, appPropertiesOption),
		convertToOnlineDoc: readOption(options, convertToOnlineDocOption),
		convertToOnlineDocTargetDocumentType: readOption(options, targetDocumentTypeOption),
	};
}

function readAppProperties(given: unknown): AppProperty[] | undefined {
	const list = listOf(given);
	if (list.length === 0) return undefined;
	if (list.length > MAX_PROPERTIES) {
		throw badInput(
			`${list.length} app properties are given, but a file accepts at most ${MAX_PROPERTIES}`,
			'Remove some, or put several values into one property.',
		);
	}
	const properties = list.map(readAppProperty);
	const names = properties.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice) throw badInput(`The app property "${twice}" is given twice`, 'Names must differ.');
	return properties;
}

/**
 * Returns the list of properties. The form gives `{ property: [] }`; an expression may give the
 * list or a single property.
 */
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
	const seenBy = visibility.read(property.visibility, `Visibility of "${name}"`);
	// Spaces around a value are part of it.
	const value = readText(property.value, `Value of "${name}"`, { trim: false }) ?? '';
	return { name, value, visibility: seenBy ?? 'PUBLIC' };
}
