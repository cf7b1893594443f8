import type { IDataObject } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import type { FileUploadInfoRequest } from '../api/get-file-upload-info';

const REGIONS = ['ZHANGJIAKOU', 'SHENZHEN', 'SHANGHAI', 'SINGAPORE', 'UNKNOWN'];

/** The upload info call's preferences from the node's options. */
export function readInfoOptions({
	preferRegion,
	preferIntranet,
}: IDataObject): Pick<FileUploadInfoRequest, 'preferRegion' | 'preferIntranet'> {
	const region = preferRegion ? String(preferRegion) : undefined;
	if (region && !REGIONS.includes(region)) {
		throw badInput(`The region "${region}" does not exist`, `Choose one of ${REGIONS.join(', ')}.`);
	}
	const intranet = preferIntranet === undefined ? undefined : Boolean(preferIntranet);
	return { preferRegion: region, preferIntranet: intranet };
}
