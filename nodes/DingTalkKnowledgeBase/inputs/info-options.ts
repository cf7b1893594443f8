import type { IDataObject } from 'n8n-workflow';

import { readChoice, readFlag } from '../../shared/options';
import type { FileUploadInfoRequest } from '../api/get-file-upload-info';

const REGIONS = ['ZHANGJIAKOU', 'SHENZHEN', 'SHANGHAI', 'SINGAPORE', 'UNKNOWN'] as const;

/** The upload info call's preferences from the node's options. */
export function readInfoOptions(
	options: IDataObject,
): Pick<FileUploadInfoRequest, 'preferRegion' | 'preferIntranet'> {
	return {
		preferRegion: readChoice(options.preferRegion, 'Preferred Region', REGIONS),
		preferIntranet: readFlag(options.preferIntranet, 'Prefer Intranet'),
	};
}
