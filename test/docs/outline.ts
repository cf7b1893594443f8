import { join } from 'node:path';

import { localLinks } from './links';
import { sectionsIn } from './markdown';

/** What a page has from top to bottom, whatever its language: one line for each piece. */
export function outlineOf(page: string): string[] {
	let inCode = false;
	return page.split('\n').flatMap((line) => {
		if (line.startsWith('```')) {
			inCode = !inCode;
			return [];
		}
		return inCode ? [`command ${withoutComment(line)}`] : pieceOf(line);
	});
}

function pieceOf(line: string): string[] {
	const [heading] = /^#+ /.exec(line) ?? [];
	if (heading) return [heading.trim()];
	const [, picture] = /^\s*!\[[^\]]*\]\(([^)]+)\)/.exec(line) ?? [];
	if (picture) return [`picture ${picture.replace(/^(?:\.\.\/)+/, '')}`];
	const [section] = sectionsIn(line);
	if (section) return [`section ${section}`];
	if (line.startsWith('|')) return ['row of a table'];
	return /^(?:-|\d\.) /.test(line) ? ['item of a list'] : [];
}

/** Comments may be translated, commands not. */
function withoutComment(line: string): string {
	return line.replace(/\s+#.*$/, '');
}

/** The files of the project that a page leads to. @param path of the page */
export function destinationsOf(page: string, path: string): string[] {
	const targets = localLinks(page).map((link) => {
		const [target] = link.split('#');
		return target === '' ? path : join(path, '..', target);
	});
	return [...new Set(targets)].sort();
}

/** The page of which this is the translation, or the page itself. */
export function english(path: string): string {
	return path.replace(/^docs\/zh-CN\//, 'docs/').replace(/\.zh-CN\.md$/, '.md');
}
