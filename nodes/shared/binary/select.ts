import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { badInput } from '../errors';
import { globMatches } from './glob';
import { fileSource, type FileSource } from './source';

export interface Candidate {
	field: string;
	binary: IBinaryData;
}

/**
 * The files that an item's parameter names, in the order of the item's fields.
 *
 * The parameter is a field name, several separated by commas, wildcards (`attachment_*`), names to
 * leave out (`!image_*`, matched against field and file name), an array of names, or, by
 * expression, a binary object or an array of them. With n8n's workflow setting "combined" the
 * files are inside the item's JSON: a field is then the path, or just its last key.
 *
 * @throws {UploadError} when nothing matches
 */
export async function selectFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	parameterName = 'inputDataFieldName',
): Promise<FileSource[]> {
	const value = context.getNodeParameter(parameterName, itemIndex) as unknown;
	const item = context.getInputData()[itemIndex];
	const chosen = choose(value, candidatesOf(context, item));
	return await Promise.all(
		chosen.map(async ({ field, binary }) => await fileSource(context, itemIndex, field, binary)),
	);
}

/** The name of the item's file, when it has exactly one. */
export function onlyFileName(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const candidates = candidatesOf(context, context.getInputData()[itemIndex]);
	return candidates.length === 1 ? candidates[0].binary.fileName : undefined;
}

/** The pure part of {@link selectFiles}. */
export function choose(value: unknown, candidates: Candidate[]): Candidate[] {
	const { objects, names } = readValue(value);
	const wanted = names.filter((name) => !name.startsWith('!'));
	const unwanted = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1).trim());
	const patterns = wanted.length + objects.length > 0 ? wanted : ['*'];
	const chosen = [
		...objects.map((object) => fromObject(object, candidates)),
		...inOrder(patterns, candidates),
	].filter((candidate) => !unwanted.some((pattern) => leavesOut(pattern, candidate)));
	if (chosen.length === 0) throw nothingFound(names, candidates);
	return chosen;
}

/** Texts with commas are lists; the elements of an array are taken as they are. */
function readValue(value: unknown): { objects: object[]; names: string[] } {
	const values = (isObject(value) ? [value].flat() : String(value ?? '').split(',')) as unknown[];
	const objects = values.filter(isObject);
	const names = values
		.filter((each) => typeof each === 'string')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (objects.length + names.length > 0) return { objects, names };
	throw badInput(
		'No input binary field is named',
		'Enter the name of the field that holds the file, e.g. data, or attachment_* for several.',
	);
}

/**
 * The file that an expression gave as an object. `$binary.data` leaves out the bytes: while n8n holds
 * files in memory, such an object only describes one of the item's files.
 */
function fromObject(object: object, candidates: Candidate[]): Candidate {
	if (isBinary(object)) return { field: fieldOf(object, candidates), binary: object };
	const described =
		'mimeType' in object ? candidates.filter(({ binary }) => fits(object, binary)) : [];
	if (described.length === 1) return described[0];
	throw badInput(
		described.length > 1
			? 'The expression fits several files of the item'
			: 'The expression gives an object that is not a file',
		'Give the name of a binary field instead, e.g. attachment_1.',
	);
}

function fieldOf(object: IBinaryData, candidates: Candidate[]): string {
	const own = candidates.find(({ binary }) => fits(object, binary));
	return own?.field ?? object.fileName ?? 'expression';
}

function fits(object: object, binary: IBinaryData): boolean {
	return Object.entries(object).every(([key, value]) => binary[key] === value);
}

/** Plain names by their place in the list, what a wildcard matches in the order of the item. */
function inOrder(patterns: string[], candidates: Candidate[]): Candidate[] {
	const chosen = new Set<Candidate>();
	for (const pattern of patterns) {
		const exact = candidates.filter(({ field }) => field === pattern);
		const matching = candidates.filter(({ field }) => fieldMatches(pattern, field));
		if (matching.length === 0 && !pattern.includes('*')) throw nothingFound([pattern], candidates);
		(exact.length > 0 ? exact : matching).forEach((candidate) => chosen.add(candidate));
	}
	return [...chosen];
}

function leavesOut(pattern: string, { field, binary }: Candidate): boolean {
	return fieldMatches(pattern, field) || globMatches(pattern, binary.fileName ?? '');
}

function fieldMatches(pattern: string, field: string): boolean {
	return (
		globMatches(pattern, field) || globMatches(pattern, field.slice(field.lastIndexOf('.') + 1))
	);
}

/** Everything in an item that is a file. */
function candidatesOf(context: IExecuteFunctions, item: INodeExecutionData): Candidate[] {
	const separate = Object.entries(item.binary ?? {}).map(([field, binary]) => ({ field, binary }));
	if (context.getWorkflowSettings().binaryMode !== 'combined') return separate;
	return [...separate, ...insideJson(item.json, '')];
}

function insideJson(value: unknown, path: string): Candidate[] {
	if (isBinary(value)) return [{ field: path, binary: value }];
	if (!isObject(value)) return [];
	const entries = Object.entries(value);
	return entries.flatMap(([key, child]) => insideJson(child, path ? `${path}.${key}` : key));
}

/**
 * n8n's own `isBinaryValue` would also take the JSON of a cloud drive's file, which has an `id` and
 * a `mimeType` of its own; the ids of n8n's binary store name the store: `filesystem-v2:…`.
 */
function isBinary(value: unknown): value is IBinaryData {
	if (!isObject(value)) return false;
	const { mimeType, data, id } = value as Partial<IBinaryData>;
	return typeof mimeType === 'string' && (typeof data === 'string' || /^[\w-]+:/.test(id ?? ''));
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function nothingFound(patterns: string[], candidates: Candidate[]) {
	const fields = candidates.map(({ field }) => field);
	return badInput(
		`The item has no binary field "${patterns.join(', ')}"`,
		fields.length === 0
			? 'The item carries no file at all. Connect a node that outputs binary data, such as a form, an e-mail trigger or an HTTP Request with response format File.'
			: `Its binary fields are: ${fields.join(', ')}.`,
	);
}
