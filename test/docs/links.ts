import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { projectFolder } from '../engine/n8n';

/** Folders that the commands make, or that are not the project's own. */
const NOT_OURS = new Set(['node_modules', 'dist', '.cache', '.git']);

/** Every Markdown page of the project, by its path in it. */
export function allPages(folder = '.'): string[] {
	const entries = readdirSync(join(projectFolder, folder), { withFileTypes: true });
	return entries
		.filter(({ name }) => !NOT_OURS.has(name))
		.flatMap((entry) => {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return allPages(path);
			return entry.name.endsWith('.md') ? [path] : [];
		})
		.sort();
}

/** The targets of a page's links and pictures that are in the project, as they are written. */
export function localLinks(page: string): string[] {
	const text = withoutCode(page);
	const targets = [
		...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
		...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm),
		...text.matchAll(/\b(?:src|href)="([^"]+)"/g),
	];
	return targets.map(([, target]) => target).filter((target) => !/^[a-z]+:/i.test(target));
}

/** Whether a link leads to a file, and to a heading in it if it names one. */
export function leadsSomewhere(link: string, from: string): boolean {
	const [path, anchor] = link.split('#').map(decodeURIComponent);
	const target = path === '' ? from : join(dirname(from), path);
	const file = join(projectFolder, target);
	if (!existsSync(file)) return false;
	if (anchor === undefined) return true;
	return statSync(file).isFile() && anchorsIn(readFileSync(file, 'utf8')).includes(anchor);
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsIn(page: string): string[] {
	const seen = new Map<string, number>();
	return headingsIn(page).map(({ text }) => {
		const slug = text
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const count = seen.get(slug) ?? 0;
		seen.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
}

export function headingsIn(page: string): Array<{ level: number; text: string }> {
	const headings = withoutFences(page).matchAll(/^(#{1,6})\s+(.+?)\s*$/gm);
	return [...headings].map(([, marks, text]) => ({
		level: marks.length,
		text: text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1'),
	}));
}

function withoutCode(page: string): string {
	return withoutFences(page).replace(/`[^`\n]*`/g, '');
}

function withoutFences(page: string): string {
	return page.replace(/^```.*?^```/gms, '');
}
