import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as completeUpload from './completeUpload.operation';
import * as getUploadUrl from './getUploadUrl.operation';
import * as listUploadedParts from './listUploadedParts.operation';
import * as upload from './upload.operation';

/** The operations on files, in the order of their fields; the first is the default. */
export const { operations, description } = resourceOf<Run>('file', [
	upload,
	getUploadUrl,
	listUploadedParts,
	completeUpload,
]);
