import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { nameOf, onlyFileName, type FileSource } from '../../shared/binary';
import { readParameter, text, type Parameter } from '../../shared/parameter';
import { checkFileName } from './file-name';

/** Returns the name to store a file under, checked against the service's rules. */
export function storedName(source: FileSource, given: string | undefined): string {
	return checkFileName(nameOf(source, given));
}

/** Makes the parameter "File Name" of the single steps. */
export function fileNameParameter(description: string) {
	return text({
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $binary.data?.fileName }}',
		placeholder: 'e.g. report.pdf',
		description,
	});
}

/**
 * Returns the value of the parameter "File Name". Its default reads the field `data`. If the file
 * is in another field, the name is that of the file that was sent, or of the item's only file.
 */
export function fileNameFor(
	context: IExecuteFunctions,
	itemIndex: number,
	fileName: Parameter<string | undefined>,
): string {
	const given = readParameter(context, itemIndex, fileName);
	const { oss } = context.getInputData()[itemIndex].json;
	const sent = (oss as IDataObject | undefined)?.fileName;
	return given ?? fileName.read(sent ?? onlyFileName(context, itemIndex)) ?? '';
}
