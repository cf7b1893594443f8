import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { PdsUploadTask } from '../bench/tasks';

/** Full type name of our node for PDS. */
export const PDS_NODE = 'n8n-nodes-dingtalk-knowledge-base.alibabaCloudPds';

/** Upload File of the field `data` into the top folder of the local service's drive. */
export function pdsParameters(
	{ driveId }: PdsUploadTask['seed'],
	options: IDataObject = {},
): INodeParameters {
	return {
		resource: 'file',
		operation: 'upload',
		driveId,
		parentFileId: 'root',
		inputDataFieldName: 'data',
		options: options as INodeParameters,
	};
}
