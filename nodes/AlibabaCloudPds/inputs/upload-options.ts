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

/** What to do when a file with this name is already in the folder; `overwrite` is the node's own. */
export type CheckNameMode = NonNullable<Read<typeof checkNameModeOption>>;

/** An unfinished upload to go on with. */
export interface Resume {
	fileId: string;
	uploadId: string;
}

/** Without it the mode is left to the service. */
export const checkNameModeOption = choice({
	displayName: 'Conflict Strategy',
	name: 'checkNameMode',
	type: 'options',
	default: 'ignore',
	description: 'What to do when a file with this name is already in the folder',
	options: [
		{
			name: 'Ignore',
			value: 'ignore',
			description: 'Upload a second file with the same name',
		},
		{
			name: 'Overwrite',
			value: 'overwrite',
			description: 'Give the file that is there a new version',
		},
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Upload nothing and output the file that is there',
		},
		{
			name: 'Rename',
			value: 'auto_rename',
			description: 'Add the time to the name of the new file',
		},
	],
});

/** MiB; 0 leaves it to the node. */
export const partSizeOption = withDefault(
	number(
		{
			displayName: 'Part Size',
			name: 'partSize',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Size of each part in MiB. 0 lets the node choose by the size of the file: 8 MiB up to 70 GB. Memory grows with part size × max concurrency.',
		},
		(given) => badInput(`"${given}" is not a part size`, 'Enter MiB, or 0 to have it chosen.'),
		{ whole: false },
	),
);

/** Parts of 8 MiB; what they cost in memory is in docs/benchmarks.md. */
export const maxConcurrencyOption = maxConcurrency({
	...maxConcurrencyOfFiles.field,
	default: 4,
	description:
		'How many parts are uploaded at the same time, over all files. With 1, or where the drive does not allow more, the parts of a file go one after the other.',
});

export const contentTypeOption = text({
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. application/pdf',
	description: 'The MIME type stored with the file; by default the one that n8n found',
});

export const rapidUploadOption = withDefault(
	flag({
		displayName: 'Rapid Upload',
		name: 'rapidUpload',
		type: 'boolean',
		default: false,
		description:
			'Whether to send the hash of the file first, so that bytes that the domain already stores are not sent again. A file that seems to be there is read once more.',
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
			'An unfinished upload to go on with; both IDs are in the details of its error. Only what is missing is sent.',
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

/** The unfinished upload to go on with. */
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
