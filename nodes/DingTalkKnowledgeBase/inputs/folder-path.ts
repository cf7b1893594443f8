import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput, type UploadError } from '../../shared/errors';
import { expressionOf } from '../../shared/expression';
import { readText } from '../../shared/options';
import type { Parameter } from '../../shared/parameter';
import { checkFileName } from './file-name';

export const folderPathOption = {
	field: {
		displayName: 'Folder Path',
		name: 'folderPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoices/2026',
		description: 'Path of folders below the parent folder; missing folders are created',
	},
	read: readFolderPath,
} satisfies Parameter<string[]>;

/** The path of the folder that an operation creates. */
export const folderPathField = {
	...folderPathOption.field,
	required: true,
	description:
		'Path of the folder below the parent folder; every folder of it that is missing is created. A folder that exists is returned as it is.',
} satisfies Parameter<unknown>['field'];

const FOLDER_NAME = { what: 'folder name', where: '"Folder Path"' };

/** What an expression returns to mean the parent folder itself. */
const PARENT_ITSELF = '/';

/**
 * Returns the folder names of a path such as `Invoices/2026`.
 *
 * @param expression the expression that returned the path, if any: a missing name in it would lead
 * to the wrong folder
 * @throws {UploadError} for a name that the service does not allow, and for a missing one
 */
export function readFolderPath(given: unknown, expression?: string): string[] {
	const path = readText(given, folderPathOption.field.displayName) ?? '';
	const steps = path.split('/').map((name) => name.trim());
	if (expression !== undefined && path !== PARENT_ITSELF && lacksName(steps, expression.trim())) {
		throw nameMissing(path);
	}
	const names = steps.filter((name) => name !== '');
	if (names.some((name) => /^\.+$/.test(name))) {
		throw badInput(
			`The folder path "${path}" has a name of only dots`,
			'Enter the names of the folders below the parent folder, e.g. Invoices/2026.',
		);
	}
	return names.map((name) => checkFileName(name, FOLDER_NAME));
}

/**
 * Reads the parameter "Folder Path" of an item: at least one name.
 *
 * @throws {UploadError} for a path without a name, and for names that the service does not allow
 */
export function readFolderPathOf(context: IExecuteFunctions, itemIndex: number): string[] {
	const { name } = folderPathField;
	const given: unknown = context.getNodeParameter(name, itemIndex, '');
	const names = readFolderPath(given, expressionOf(context, name));
	if (names.length > 0) return names;
	throw badInput(
		'The folder path names no folder',
		'Enter the names of the folders below the parent folder, e.g. Invoices/2026.',
	);
}

/** Whether a name is missing. A slash at either end is fine if the expression has it there. */
function lacksName(steps: string[], expression: string): boolean {
	const from = expression.startsWith('/') ? 1 : 0;
	const to = expression.endsWith('/') ? -1 : undefined;
	const wanted = steps.slice(from, to);
	return wanted.length === 0 || wanted.some((name) => NOTHING.has(name));
}

/** What a missing value turns into as text. */
const NOTHING = new Set(['', 'undefined', 'null', 'NaN', '[object Object]']);

function nameMissing(path: string): UploadError {
	return badInput(
		`A name is missing in the folder path "${path}"`,
		'An expression in "Folder Path" is empty for this item, which would lead to another folder. Correct the expression; where files go to the parent folder itself, return "/".',
	);
}
