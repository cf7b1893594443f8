import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { relative } from 'node:path';

/** What n8n's scanner reads of a repository, and of what npm packs. */
export const PATTERNS = { source: SOURCE_FILE_PATTERNS, packed: ['**/*.js', 'package.json'] };

/** Something for which n8n would not verify a package. */
export interface Finding {
	/** Relative to the folder. */
	file: string;
	rule: string;
	message: string;
}

/**
 * What n8n's scanner finds in a folder. It heeds no comments that switch rules off.
 *
 * @param folder absolute
 */
export async function scan(folder: string, patterns: string[]): Promise<Finding[]> {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	if (passed) return [];
	if (details === undefined) throw new Error(message);
	const findings = readFindings(folder, details);
	const [, told] = /\((\d+) errors?,/.exec(details) ?? [];
	if (findings.length !== Number(told)) throw new Error(`Not all was understood:\n${details}`);
	return findings;
}

/** It reports in ESLint's format "stylish": a line with the path, then one for each finding. */
function readFindings(folder: string, details: string): Finding[] {
	let file = '';
	return details.split('\n').flatMap((line) => {
		if (line.startsWith(folder)) file = relative(folder, line);
		const [, message, rule] = /^ +\d+:\d+ +error +(.*\S) +(\S+)$/.exec(line) ?? [];
		return rule ? [{ file, rule, message }] : [];
	});
}
