import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { badInput } from '../errors';
import { isObject } from '../json';
import { isStoreId, type Candidate } from './candidate';
import { globMatches } from './glob';
import { filesInJson } from './in-json';
import { fileSource, type FileSource } from './source';

/**
 * Returns the files that an item's parameter selects, in the order of the item's fields.
 *
 * The parameter is a field name, several separated by commas, wildcards (`attachment_*`), names to
 * exclude (`!image_*`, matched against field and file name), an array of names or, by expression, a
 * binary object or an array of them. With n8n's workflow setting "combined" the files are inside
 * the item's JSON, in objects named `_files`: a field is then the path or just its last key. Each
 * file is returned once.
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

/** Returns the name of the item's file if it has exactly one. */
export function onlyFileName(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const candidates = candidatesOf(context, context.getInputData()[itemIndex]);
	return candidates.length === 1 ? candidates[0].binary.fileName : undefined;
}

/** Selects among candidates: the pure part of {@link selectFiles}. */
export function choose(value: unknown, candidates: Candidate[]): Candidate[] {
	const { objects, names } = readValue(value);
	const wanted = names.filter((name) => !name.startsWith('!'));
	const unwanted = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1).trim());
	const patterns = wanted.length + objects.length > 0 ? wanted : ['*'];
	const chosen = [...fromObjects(objects, candidates), ...inOrder(patterns, candidates)].filter(
		(candidate) => !unwanted.some((pattern) => leavesOut(pattern, candidate)),
	);
	if (chosen.length === 0) throw nothingFound(names, candidates);
	return eachOnce(chosen);
}

/** Removes duplicates: an item may hold a file twice, or be given it by name and as an object. */
function eachOnce(candidates: Candidate[]): Candidate[] {
	const seen = new Set<unknown>();
	return candidates.filter(({ binary }) => {
		const file = binary.id ?? binary;
		return !seen.has(file) && seen.add(file);
	});
}

/** Splits the value into objects and names. Strings are split at commas; array elements are not. */
function readValue(value: unknown): { objects: object[]; names: string[] } {
	const values: unknown[] =
		typeof value === 'object' && value !== null ? [value].flat() : String(value ?? '').split(',');
	const objects = values.filter(isObject);
	const names = values
		.filter((each) => !isObject(each))
		.map((name) => nameIn(name).trim())
		.filter((name) => name !== '');
	if (objects.length + names.length > 0) return { objects, names };
	throw badInput(
		'No input binary field is given',
		'Enter the name of the field that holds the file, e.g. data, or attachment_* for several.',
	);
}

/**
 * Returns an element as a name.
 *
 * @throws {UploadError} for anything else: skipping it might skip a file
 */
function nameIn(element: unknown): string {
	if (typeof element === 'string' || typeof element === 'number') return String(element);
	throw badInput(
		`The list of input binary fields has an element that is not a name: ${String(element)}`,
		'Give the names of the fields, e.g. ["attachment_0", "attachment_1"]; an expression in the list may be empty for this item.',
	);
}

/** Returns the files that expressions gave as objects; identical ones are taken in turn. */
function fromObjects(objects: object[], candidates: Candidate[]): Candidate[] {
	const chosen: Candidate[] = [];
	for (const object of objects) {
		const left = candidates.filter((candidate) => !chosen.includes(candidate));
		const own = left.find(({ binary }) => fits(object, binary));
		chosen.push(fromObject(object, own ? left : candidates));
	}
	return chosen;
}

/**
 * Returns the file that an expression gave as an object. `$binary.data` omits the bytes: while n8n
 * keeps files in memory, such an object only describes one of the item's files.
 */
function fromObject(object: object, candidates: Candidate[]): Candidate {
	const described =
		'mimeType' in object ? candidates.filter(({ binary }) => fits(object, binary)) : [];
	if (isBinary(object)) {
		return described[0] ?? { field: object.fileName ?? 'expression', binary: object };
	}
	if (described.length === 1) return described[0];
	throw badInput(
		described.length > 1
			? 'The expression matches several files of the item'
			: 'The expression returns an object that is not a file',
		'Give the name of a binary field instead, e.g. attachment_1.',
	);
}

function fits(object: object, binary: IBinaryData): boolean {
	return Object.entries(object).every(([key, value]) => binary[key] === value);
}

/** Returns plain names in the order of the list, matches of a wildcard in that of the item. */
function inOrder(patterns: string[], candidates: Candidate[]): Candidate[] {
	const chosen = new Set<Candidate>();
	for (const pattern of patterns) {
		const exact = candidates.filter(({ field }) => field === pattern);
		const matching = candidates.filter((each) => fieldMatches(pattern, each));
		if (matching.length === 0 && !pattern.includes('*')) throw nothingFound([pattern], candidates);
		(exact.length > 0 ? exact : matching).forEach((candidate) => chosen.add(candidate));
	}
	return [...chosen];
}

function leavesOut(pattern: string, candidate: Candidate): boolean {
	return fieldMatches(pattern, candidate) || globMatches(pattern, candidate.binary.fileName ?? '');
}

function fieldMatches(pattern: string, { field, alias }: Candidate): boolean {
	return globMatches(pattern, field) || (alias !== undefined && globMatches(pattern, alias));
}

/** Returns all files of an item. */
function candidatesOf(context: IExecuteFunctions, item: INodeExecutionData): Candidate[] {
	const fields = Object.entries(item.binary ?? {}) as Array<[string, IBinaryData | undefined]>;
	// A field may exist without a file; reading it reports that.
	const separate = fields.map(([field, binary]) => ({ field, binary: binary ?? { ...NO_FILE } }));
	if (context.getWorkflowSettings().binaryMode !== 'combined') return separate;
	return eachOnce([...separate, ...filesInJson(item.json, context.getExecutionId())]);
}

const NO_FILE: IBinaryData = { mimeType: '', data: undefined as unknown as string };

function isBinary(value: unknown): value is IBinaryData {
	if (!isObject(value)) return false;
	const { mimeType, data, id } = value as Partial<IBinaryData>;
	return typeof mimeType === 'string' && (typeof data === 'string' || isStoreId(id));
}

function nothingFound(patterns: string[], candidates: Candidate[]) {
	const fields = candidates.map(({ field }) => field);
	return badInput(
		`The item has no binary field "${patterns.join(', ')}"`,
		fields.length === 0
			? 'The item has no binary data at all. Connect a node that outputs some, such as a form, an email trigger or an HTTP Request with response format File.'
			: `Its binary fields are: ${fields.join(', ')}.`,
	);
}
