import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readOption } from '../../shared/parameter';
import type { ConflictStrategy } from '../api/commit-file';
import { conflictStrategy } from './conflict-strategy';
import { knowledgeBaseField, parentOfKnowledgeBaseField } from './places';
import { taskTimeoutOption } from './task-timeout';

/** The target of a copy or a move. */
export const targetFields: INodeProperties[] = [
	{
		...knowledgeBaseField,
		description:
			'The knowledge base of the target. Not needed if the parent folder is given by link or ID.',
	},
	{
		...parentOfKnowledgeBaseField,
		description: 'The target folder. Leave empty for the root of the knowledge base.',
	},
];

const conflictStrategyOption = conflictStrategy({
	about: 'What to do when the target folder already contains something with this name',
	keep: 'Leave everything as it is and return the existing file',
	overwrite: 'Put it in the place of the existing file',
	rename: 'Give it a new name such as "report (1).pdf"',
});

export const transferOptions = [conflictStrategyOption, taskTimeoutOption];

export interface TransferOptions {
	conflictStrategy?: ConflictStrategy;
	/** Milliseconds. */
	timeout: number;
}

/** Reads the options of a copy or a move. @throws {UploadError} for values that are not allowed */
export function readTransferOptions(options: IDataObject): TransferOptions {
	return {
		conflictStrategy: readOption(options, conflictStrategyOption),
		timeout: readOption(options, taskTimeoutOption),
	};
}
