import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../engine/n8n';
import { readPage } from './check';
import { CODES, codeTable } from './codes';
import { CHINESE, ENGLISH, type Language } from './languages';
import { sectionsIn, withSection } from './markdown';
import { CREDENTIALS, OPERATIONS } from './operations';
import { parameterTables, propertyTable } from './parameters';

/** What `npm run docs` makes of the code, by the name that the pages have it under. */
export const SECTIONS: Record<string, (language: Language) => string> = {
	...tablesOf(OPERATIONS, parameterTables),
	...tablesOf(CREDENTIALS, (fields, language) => propertyTable(language.field, fields, language)),
	...tablesOf(CODES, codeTable),
};

function tablesOf<Source>(
	sources: Record<string, Source>,
	toTable: (source: Source, language: Language, name: string) => string,
) {
	return Object.fromEntries(
		Object.entries(sources).map(([name, source]) => [
			name,
			(language: Language) => toTable(source, language, name),
		]),
	);
}

/** The pages below a folder, by their paths in the project. */
export function pagesIn(folder: string): string[] {
	return readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name))
		.sort();
}

/** The users' pages of a language that have sections made here. */
export function userPages({ folder }: Language): string[] {
	return pagesIn(folder).filter(
		(path) => languageOf(path).folder === folder && sectionsIn(readPage(path)).length > 0,
	);
}

/** The page as it should be: the words of its author around the sections made here. */
export function rendered(path: string): string {
	const page = readPage(path);
	return sectionsIn(page).reduce((text, name) => {
		if (!Object.hasOwn(SECTIONS, name)) throw new Error(`${path}: nothing is called "${name}"`);
		return withSection(text, name, SECTIONS[name](languageOf(path)));
	}, page);
}

function languageOf(path: string): Language {
	return path.startsWith(CHINESE.folder) ? CHINESE : ENGLISH;
}
