import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as commit from './commit.operation';
import * as download from './download.operation';
import * as get from './get.operation';
import * as getUploadInfo from './getUploadInfo.operation';
import * as upload from './upload.operation';
import * as uploadToOss from './uploadToOss.operation';

/** The operations on files, in the order of their fields; the first is the default. */
export const { operations, description } = resourceOf<Run>('file', [
	upload,
	getUploadInfo,
	uploadToOss,
	commit,
	get,
	download,
]);
