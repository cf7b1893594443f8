import type { IDataObject } from 'n8n-workflow';

import { defined } from '../../shared/json';

/** Identifies an upload that was started. */
export interface UploadRef {
	driveId: string;
	fileId: string;
	uploadId: string;
	/** For a file in a share. */
	shareId?: string;
}

/** Returns the request fields that identify the upload. */
export function refFields({ driveId, fileId, uploadId, shareId }: UploadRef): IDataObject {
	return defined({ drive_id: driveId, share_id: shareId, file_id: fileId, upload_id: uploadId });
}
