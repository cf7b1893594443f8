const CATEGORIES: Record<string, string[]> = {
	IMAGE: ['png', 'jpg', 'jpeg', 'gif', 'bmp', 'webp', 'svg'],
	VIDEO: ['mp4', 'mov', 'avi', 'mkv'],
	AUDIO: ['mp3', 'wav', 'm4a', 'amr'],
	ARCHIVE: ['zip', 'rar', '7z', 'gz', 'tar'],
	DOCUMENT: ['txt', 'md', 'pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'csv'],
	ALI_DOC: ['adoc', 'axls', 'amind', 'able', 'aform'],
};

/** Largest file that can become an online document. */
export const MAX_CONVERTIBLE_BYTES = 20 * 1024 * 1024;

/** What a text or a table may become, the usual result first. */
const CONVERSIONS: Record<string, string> = {
	doc: 'adoc',
	docx: 'adoc',
	md: 'adoc',
	txt: 'adoc',
	xls: 'axls',
	xlsx: 'axls',
	xmind: 'amind',
	mark: 'amind',
};

/** Names of the targets a commit may ask for; the full list is UNCONFIRMED. */
export const CONVERSION_TARGETS = ['DOC', 'WORKBOOK'] as const;

/** The dentry category a file of this extension gets. */
export function categoryOf(extension: string): string {
	const wanted = extension.toLowerCase();
	const found = Object.entries(CATEGORIES).find(([, known]) => known.includes(wanted));
	return found?.[0] ?? 'OTHER';
}

/**
 * The extension of the online document made from such a file; undefined if none can be.
 * A target of the other kind than the file's (a text as a workbook) is refused: UNCONFIRMED.
 */
export function convertedExtension(extension: string, target?: string): string | undefined {
	const usual = CONVERSIONS[extension.toLowerCase()];
	if (target === undefined) return usual;
	return usual === (target === 'WORKBOOK' ? 'axls' : 'adoc') ? usual : undefined;
}
