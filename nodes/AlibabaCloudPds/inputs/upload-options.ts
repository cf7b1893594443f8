import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { readText } from '../../shared/options';
import type { CheckNameMode, UploadTask } from '../upload/task';

const MODES = ['ignore', 'auto_rename', 'refuse', 'overwrite'];

/** The mode for names that are taken, or undefined to leave it to the service. */
export function readCheckNameMode({ checkNameMode }: IDataObject): CheckNameMode | undefined {
	if (!checkNameMode) return undefined;
	const mode = readText(checkNameMode, 'Name Conflict') ?? '';
	if (MODES.includes(mode)) return mode as CheckNameMode;
	throw badInput(`The name conflict mode "${mode}" does not exist`, `Choose ${MODES.join(', ')}.`);
}

/** The unfinished upload to go on with. */
export function readResume({ resume }: IDataObject): UploadTask['resume'] {
	const { upload } = (resume ?? {}) as { upload?: IDataObject };
	const { fileId, uploadId } = upload ?? {};
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

/** MiB; 0 leaves it to the node. */
export function readPartSize({ partSize }: IDataObject): number {
	const given = readText(partSize, 'Part Size') ?? '0';
	const size = Number(given);
	if (Number.isFinite(size) && size >= 0) return size;
	throw badInput(`"${given}" is not a part size`, 'Enter MiB, or 0 to have it chosen.');
}
