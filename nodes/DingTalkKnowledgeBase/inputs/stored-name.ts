import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { nameOf, onlyFileName, type FileSource } from '../../shared/binary';
import { readText } from '../../shared/options';
import { checkFileName } from './file-name';

/** The name a file is stored under, as the service allows it. */
export function storedName(source: FileSource, given: string | undefined): string {
	return checkFileName(nameOf(source, given));
}

/**
 * The parameter "File Name" of the single steps. Its default reads the field `data`; where the file
 * is in another one, the name is that of the file that was sent, or of the item's only file.
 */
export function fileNameFor(context: IExecuteFunctions, itemIndex: number): string {
	const given = readText(context.getNodeParameter('fileName', itemIndex, ''), 'File Name');
	const { oss } = context.getInputData()[itemIndex].json;
	const sent = (oss as IDataObject | undefined)?.fileName;
	return given ?? readText(sent ?? onlyFileName(context, itemIndex), 'File Name') ?? '';
}
