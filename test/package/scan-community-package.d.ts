/** The part of n8n's scanner that the tests use; the package has no types of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** Globs of what the scanner reads of a repository. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Lints the files in a folder as n8n does before it verifies a package. @param folder absolute */
	export function analyzePackage(
		folder: string,
		filePatterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
