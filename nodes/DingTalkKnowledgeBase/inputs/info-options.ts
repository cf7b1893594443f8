import type { IDataObject } from 'n8n-workflow';

import { choice, flag, readOption } from '../../shared/parameter';
import type { FileUploadInfoRequest } from '../api/get-file-upload-info';

const preferRegionOption = choice({
	displayName: 'Preferred Region',
	name: 'preferRegion',
	type: 'options',
	default: 'UNKNOWN',
	description: 'The region in which to store the file if possible',
	options: [
		{ name: 'No Preference', value: 'UNKNOWN' },
		{ name: 'Shanghai', value: 'SHANGHAI' },
		{ name: 'Shenzhen', value: 'SHENZHEN' },
		{ name: 'Singapore', value: 'SINGAPORE' },
		{ name: 'Zhangjiakou', value: 'ZHANGJIAKOU' },
	],
});

export const preferIntranetOption = flag({
	displayName: 'Prefer Intranet',
	name: 'preferIntranet',
	type: 'boolean',
	default: true,
	description:
		'Whether to transfer over the intranet if the organisation has set up dedicated storage for it',
});

/** The options of the upload info call. */
export const infoOptions = [preferRegionOption, preferIntranetOption];

/** Reads the options of the upload info call. */
export function readInfoOptions(
	options: IDataObject,
): Pick<FileUploadInfoRequest, 'preferRegion' | 'preferIntranet'> {
	return {
		preferRegion: readOption(options, preferRegionOption),
		preferIntranet: readOption(options, preferIntranetOption),
	};
}
