import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../engine';
import type { StoredDentry } from '../services/dingtalk';
import { Problem, sentenceOf } from './problem';
import type { StagedFile } from './stage';

/** What the Upload File node put out for a file. */
export interface UploadedFile {
	file: StagedFile;
	uuid: string;
	name: string;
	path: string;
	webUrl: string;
	/** Upper-case hex of the MD5, where the storage gives it. */
	eTag: string;
	/** What the local service holds; the real one cannot be asked. */
	stored?: StoredDentry;
}

interface Output extends IDataObject {
	uuid: string;
	name: string;
	path?: string;
	webUrl: string;
	upload: { bytes: number; eTag?: string; sourceField: string };
}

/**
 * Holds what the workflow put out, and what the service holds, against what was read.
 *
 * @throws {Problem} with the first thing that is not as it should be
 */
export function check(
	result: RunResult,
	nodeName: string,
	files: StagedFile[],
	storedFiles?: StoredDentry[],
): UploadedFile[] {
	if (result.status === 'canceled') throw new Problem('Stopped; what was committed stays there.');
	if (result.status !== 'success') throw new Problem(sentenceOf(result.error));
	const [failed] = result.items(nodeName, 1);
	if (failed) throw new Problem(sentenceOfItem(failed.json));
	const outputs = result.items(nodeName).map(({ json }) => json as Output);
	if (outputs.length !== files.length) {
		throw new Problem(`Files that went in: ${files.length}; that came out: ${outputs.length}.`);
	}
	return files.map((file) => {
		const output = outputs.find(({ upload }) => upload.sourceField === file.field);
		if (!output) throw new Problem(`Nothing came out for the file "${file.name}".`);
		return checkOne(file, output, storedFiles);
	});
}

function checkOne(file: StagedFile, output: Output, storedFiles?: StoredDentry[]): UploadedFile {
	const { uuid, name, path = '', webUrl, upload } = output;
	const wrong = (what: string) => new Problem(`"${file.name}" is not as it should be: ${what}.`);
	if (upload.bytes !== file.size) throw wrong(`${upload.bytes} of ${file.size} bytes were sent`);
	const eTag = (upload.eTag ?? '').replace(/"/g, '');
	const uploaded = { file, uuid, name, path, webUrl, eTag };
	if (!storedFiles) return uploaded;
	const stored = storedFiles.find((each) => each.uuid === uuid);
	if (!stored) throw wrong('the service does not have it');
	if (stored.sha256 !== file.sha256 || stored.size !== file.size) {
		throw wrong('the service holds different bytes than were read');
	}
	return { ...uploaded, stored };
}

/** An item of the error output: what happened, and what to do about it. */
function sentenceOfItem({ error, details }: IDataObject): string {
	const { fileName, description } = (details ?? {}) as IDataObject;
	const sentence = sentenceOf({ message: String(error), description });
	return fileName && !sentence.includes(String(fileName)) ? `"${fileName}": ${sentence}` : sentence;
}
