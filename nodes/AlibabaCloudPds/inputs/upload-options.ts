import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { readChoice, readText } from '../../shared/options';

const MODES = ['ignore', 'auto_rename', 'refuse', 'overwrite'] as const;

/** What to do when a file of this name is in the folder; `overwrite` is the node's own. */
export type CheckNameMode = (typeof MODES)[number];

/** An unfinished upload to go on with. */
export interface Resume {
	fileId: string;
	uploadId: string;
}

/** The mode for names that are taken, or undefined to leave it to the service. */
export function readCheckNameMode({ checkNameMode }: IDataObject): CheckNameMode | undefined {
	return readChoice(checkNameMode, 'Name Conflict', MODES);
}

/** The unfinished upload to go on with. */
export function readResume({ resume }: IDataObject): Resume | undefined {
	if (resume === undefined || resume === null || resume === '') return undefined;
	const inside = isObject(resume) ? (resume.upload ?? resume) : resume;
	const { fileId, uploadId } = isObject(inside) ? inside : noUpload();
	const ids = {
		fileId: readText(fileId, 'File ID') ?? '',
		uploadId: readText(uploadId, 'Upload ID') ?? '',
	};
	if (!ids.fileId && !ids.uploadId) return undefined;
	if (ids.fileId && ids.uploadId) return ids;
	throw badInput(
		`To resume an upload its ${ids.fileId ? 'upload ID' : 'file ID'} is needed as well`,
		'Both are in the details of the error of the unfinished upload: fileId, uploadId.',
	);
}

function noUpload(): never {
	throw badInput(
		'The option "Resume" names no upload',
		'It needs the file ID and the upload ID that are in the details of the error: {"fileId": "…", "uploadId": "…"}.',
	);
}

/** MiB; 0 leaves it to the node. */
export function readPartSize({ partSize }: IDataObject): number {
	const given = readText(partSize, 'Part Size') ?? '0';
	const size = Number(given);
	if (Number.isFinite(size) && size >= 0) return size;
	throw badInput(`"${given}" is not a part size`, 'Enter MiB, or 0 to have it chosen.');
}
