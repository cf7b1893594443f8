import { badInput } from '../../shared/errors';
import {
	maxConcurrency,
	maxConcurrencyOption as maxConcurrencyOfFiles,
} from '../../shared/descriptions/files';
import { isObject } from '../../shared/json';
import {
	choice,
	flag,
	number,
	text,
	withDefault,
	type Parameter,
	type Read,
} from '../../shared/parameter';

/**
 * What to do when the folder contains a file with this name; `overwrite` is the node's own mode.
 */
export type CheckNameMode = NonNullable<Read<typeof checkNameModeOption>>;

/** An unfinished upload to continue. */
export interface Resume {
	fileId: string;
	uploadId: string;
}

/** When it is not set, the service decides. */
export const checkNameModeOption = choice({
	displayName: 'Conflict Strategy',
	name: 'checkNameMode',
	type: 'options',
	default: 'ignore',
	description: 'What to do when the folder already contains a file with this name',
	options: [
		{
			name: 'Ignore',
			value: 'ignore',
			description: 'Upload a second file with the same name',
		},
		{
			name: 'Overwrite',
			value: 'overwrite',
			description: 'Upload a new version of the existing file',
		},
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Upload nothing and return the existing file',
		},
		{
			name: 'Rename',
			value: 'auto_rename',
			description: 'Add the time to the name of the new file',
		},
	],
});

/** In MiB; with 0 the node chooses. */
export const partSizeOption = withDefault(
	number(
		{
			displayName: 'Part Size',
			name: 'partSize',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Size of each part in MiB. With 0, the node chooses by file size: 8 MiB for files up to 70 GB. Memory use grows with part size × max concurrency.',
		},
		(given) =>
			badInput(
				`"${given}" is not a part size`,
				'Enter a size in MiB, or 0 to let the node choose.',
			),
		{ whole: false },
	),
);

/** The default suits parts of 8 MiB; docs/benchmarks.md shows what they cost in memory. */
export const maxConcurrencyOption = maxConcurrency({
	...maxConcurrencyOfFiles.field,
	default: 4,
	description:
		'How many parts to upload at the same time, across all files. With 1, or if the drive does not allow more, the parts of a file are uploaded one after another.',
});

export const contentTypeOption = text({
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. application/pdf',
	description: 'The MIME type to store with the file; defaults to the one that n8n detected',
});

export const rapidUploadOption = withDefault(
	flag({
		displayName: 'Rapid Upload',
		name: 'rapidUpload',
		type: 'boolean',
		default: false,
		description:
			'Whether to send a hash of the file first, so that content already stored in the domain is not uploaded again. A file that seems to exist is read once more.',
	}),
);

const resumedFileId = text({ displayName: 'File ID', name: 'fileId', type: 'string', default: '' });

const resumedUploadId = text({
	displayName: 'Upload ID',
	name: 'uploadId',
	type: 'string',
	default: '',
});

export const resumeOption: Parameter<Resume | undefined> = {
	field: {
		displayName: 'Resume',
		name: 'resume',
		type: 'fixedCollection',
		default: {},
		description:
			'An unfinished upload to continue; both IDs are in the details of its error. Only the missing parts are sent.',
		options: [
			{
				displayName: 'Upload',
				name: 'upload',
				values: [resumedFileId.field, resumedUploadId.field],
			},
		],
	},
	read: readResume,
};

/** Reads the unfinished upload to continue. */
function readResume(resume: unknown): Resume | undefined {
	if (resume === undefined || resume === null || resume === '') return undefined;
	const inside = isObject(resume) ? (resume.upload ?? resume) : resume;
	const { fileId, uploadId } = isObject(inside) ? inside : noUpload();
	const ids = {
		fileId: resumedFileId.read(fileId) ?? '',
		uploadId: resumedUploadId.read(uploadId) ?? '',
	};
	if (!ids.fileId && !ids.uploadId) return undefined;
	if (ids.fileId && ids.uploadId) return ids;
	throw badInput(
		`To resume an upload, its ${ids.fileId ? 'upload ID' : 'file ID'} is required too`,
		'Both are in the details of the error of the unfinished upload: fileId, uploadId.',
	);
}

function noUpload(): never {
	throw badInput(
		'The option "Resume" names no upload',
		'It needs the file ID and the upload ID from the details of the error: {"fileId": "…", "uploadId": "…"}.',
	);
}
