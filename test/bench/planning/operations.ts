import type { INodeParameters } from 'n8n-workflow';

import { NODE } from '../../measure/node-parameters';
import { PDS_NODE } from '../../measure/pds-parameters';
import { SEED } from '../../services/dingtalk/seed';
import { SEED as PDS_SEED } from '../../services/pds/seed';

/** A step as it stands in a workflow: what n8n drops on the canvas, with the places filled in. */
export interface PlannedOperation {
	/** As the editor shows it. */
	label: string;
	type: string;
	parameters: INodeParameters;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const parent = byId(SEED.folders.empty.dentryUuid);
const operator = { __rl: true, mode: 'unionId', value: SEED.operator.unionId };
const document = byId(SEED.documents.meetingNotes.dentryUuid);
const fileName = '={{ $json.name }}';

const dingTalk = (label: string, parameters: INodeParameters): PlannedOperation => ({
	label,
	type: NODE,
	parameters: { resource: 'file', ...parameters },
});

const pds = (operation: string, label: string, parameters: INodeParameters): PlannedOperation => ({
	label: `PDS ${label}`,
	type: PDS_NODE,
	parameters: { resource: 'file', operation, driveId: PDS_SEED.driveId, ...parameters },
});

/** Every operation of both nodes; each refuses the last one of {@link planningItems}. */
export const OPERATIONS: PlannedOperation[] = [
	dingTalk('Upload File', { operation: 'upload', operator, parent, options: { fileName } }),
	dingTalk('Get Upload Info', { operation: 'getUploadInfo', operator, parent, fileName }),
	dingTalk('Upload to OSS', { operation: 'uploadToOss' }),
	dingTalk('Commit File', { operation: 'commit', operator, parent, fileName }),
	dingTalk('Upload Doc Resource', {
		...{ resource: 'document', operation: 'uploadResource' },
		...{ operator, document, options: { fileName } },
	}),
	pds('upload', 'Upload File', { options: { fileName } }),
	pds('getUploadUrl', 'Get Upload URL', { parts: { part: [{ partNumber: 1 }] } }),
	pds('listUploadedParts', 'List Uploaded Parts', {}),
	pds('completeUpload', 'Complete Upload', {}),
];
