import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as commit from './commit.operation';
import * as copy from './copy.operation';
import * as remove from './delete.operation';
import * as download from './download.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getUploadInfo from './getUploadInfo.operation';
import * as search from './search.operation';
import * as move from './move.operation';
import * as rename from './rename.operation';
import * as restoreVersion from './restoreVersion.operation';
import * as sendToChat from './sendToChat.operation';
import * as share from './share.operation';
import * as upload from './upload.operation';
import * as uploadToOss from './uploadToOss.operation';

/** The operations on files, in the order of their fields; the first is the default. */
export const { operations, description } = resourceOf<Run>('file', [
	upload,
	getUploadInfo,
	uploadToOss,
	commit,
	get,
	getAll,
	search,
	rename,
	move,
	copy,
	remove,
	share,
	sendToChat,
	restoreVersion,
	download,
]);
