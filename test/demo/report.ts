import type { UploadedFile } from './check';
import type { StagedFile } from './stage';
import { count, sizeText } from './text';

/** What was stored and where, for people. */
export function report(uploaded: UploadedFile[], calls: string, seconds: number): string {
	const blocks = uploaded.map((each, index) => [`${index + 1}. ${each.name}`, ...rows(each)]);
	const bytes = uploaded.reduce((sum, { file }) => sum + file.size, 0);
	return [
		...blocks.flatMap((block) => [...block, '']),
		`Calls made: ${calls}`,
		`${count(uploaded.length, 'file')} stored, ${sizeText(bytes)} in ${seconds.toFixed(1)} s. ${verdict(uploaded)}`,
	].join('\n');
}

function rows(uploaded: UploadedFile): string[] {
	const { file, name, path, uuid, webUrl } = uploaded;
	const rows: Array<[label: string, text: string]> = [];
	if (name !== file.name) rows.push(['was', `${file.name} (the name was taken)`]);
	rows.push(['size', size(file.size)]);
	if (path) rows.push(['path', path]);
	rows.push(['dentry', uuid], ['link', webUrl], ...digests(uploaded));
	return rows.map(([label, text]) => `  ${label.padEnd(7)} ${text}`);
}

/** One under the other, so that the eye can compare them and 80 columns are enough. */
function digests({ file, eTag, stored }: UploadedFile): Array<[label: string, text: string]> {
	if (!stored) {
		return [
			['SHA-256', file.sha256],
			['check', checksum(file, eTag)],
		];
	}
	return [
		['SHA-256', 'equal'],
		['read', file.sha256],
		['stored', stored.sha256],
	];
}

function size(bytes: number): string {
	const exact = `${bytes.toLocaleString('en-US')} bytes`;
	return bytes < 1024 ? exact : `${sizeText(bytes)} (${exact})`;
}

/** The storage's own checksum of what it holds, which the node compares before it commits. */
function checksum({ md5 }: StagedFile, eTag: string): string {
	return isMd5(md5, eTag)
		? `MD5 ${md5}, equal to that of OSS`
		: 'OSS told no MD5; its CRC-64, where it tells one, was compared by the node';
}

function isMd5(md5: string, eTag: string): boolean {
	return md5.toUpperCase() === eTag.toUpperCase();
}

function verdict(uploaded: UploadedFile[]): string {
	if (uploaded.every(({ stored }) => stored)) return 'All SHA-256 are equal.';
	const compared = uploaded.every(({ file, eTag }) => isMd5(file.md5, eTag))
		? "OSS's checksums are equal to those of the files"
		: "OSS's checksums were compared where it tells them";
	return `${compared}; the service tells no SHA-256.`;
}
