import type { ErrorText } from '../../shared/service';
import { ERROR_TEXTS } from './error-catalog';

/** What codes mean for calls that change a file or folder: its space is not that of a parent. */
export const FILE_NOT_THERE: Record<string, ErrorText> = {
	spaceNotExist: ERROR_TEXTS.dentryNotExist,
};

/** What codes mean for calls that only look something up. */
export const LOOKING_UP: Record<string, ErrorText> = {
	permissionDenied: {
		title: 'The operator may not see this',
		description:
			'Give the operator access to the knowledge base, folder or file in DingTalk, or choose another operator.',
	},
};

/** What codes mean for the download of a file. */
export const DOWNLOADING: Record<string, ErrorText> = {
	permissionDenied: {
		title: 'The operator may not download this file',
		description:
			'Give the operator the right to download it in DingTalk (seeing it is not enough), or choose another operator.',
	},
	operationNotSupported: {
		title: 'This file cannot be downloaded',
		description:
			'Online documents, tables and folders have no file to download. Export the document in DingTalk, for example as Word or PDF, and download the exported file.',
	},
	spaceNotExist: {
		title: 'The knowledge base of the file does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose the file again.',
	},
};
