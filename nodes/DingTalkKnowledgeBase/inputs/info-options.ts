import type { IDataObject } from 'n8n-workflow';

import { choice, flag, readOption } from '../../shared/parameter';
import type { FileUploadInfoRequest } from '../api/get-file-upload-info';

const preferRegionOption = choice({
	displayName: 'Preferred Region',
	name: 'preferRegion',
	type: 'options',
	default: 'UNKNOWN',
	description: 'Where the file is preferably stored',
	options: [
		{ name: 'No Preference', value: 'UNKNOWN' },
		{ name: 'Shanghai', value: 'SHANGHAI' },
		{ name: 'Shenzhen', value: 'SHENZHEN' },
		{ name: 'Singapore', value: 'SINGAPORE' },
		{ name: 'Zhangjiakou', value: 'ZHANGJIAKOU' },
	],
});

const preferIntranetOption = flag({
	displayName: 'Prefer Intranet',
	name: 'preferIntranet',
	type: 'boolean',
	default: true,
	description:
		'Whether to transfer over the intranet where the organisation has dedicated storage set up for it',
});

/** The upload info call's preferences. */
export const infoOptions = [preferRegionOption, preferIntranetOption];

/** The upload info call's preferences from the node's options. */
export function readInfoOptions(
	options: IDataObject,
): Pick<FileUploadInfoRequest, 'preferRegion' | 'preferIntranet'> {
	return {
		preferRegion: readOption(options, preferRegionOption),
		preferIntranet: readOption(options, preferIntranetOption),
	};
}
