import type { INodeProperties } from 'n8n-workflow';

import { badInput, recover, type UploadError } from '../../shared/errors';
import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { readText } from '../../shared/options';
import { readOption, type Parameter } from '../../shared/parameter';
import type { PdsFile } from '../api/get-file';
import { readUploadRef, shareIdOption, uploadRefFields } from '../inputs/upload-ref';
import type { Run } from '../run';
import { complete } from '../upload/finish';

const crc64Option: Parameter<string | undefined> = {
	field: {
		displayName: 'CRC-64',
		name: 'crc64Hash',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7693136983402465678',
		description:
			'CRC-64 (ECMA-182) of the whole file as an unsigned decimal number, which the service compares with the stored file',
	},
	read: readCrc64,
};

export const description: INodeProperties[] = showFor('file', 'completeUpload', [
	...uploadRefFields,
	optionsField([crc64Option, shareIdOption]),
]);

/** Plans to complete each item's upload and to output the file. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const options = run.optionsOf(itemIndex);
	const ref = readUploadRef(run.context, itemIndex, options);
	const crc64Hash = readOption(options, crc64Option);
	const { client } = await run.account(itemIndex);
	const { fileId, uploadId } = ref;
	// Without a checksum, nothing proves that a file is the one of this upload.
	const isProved = async ({ crc64_hash: stored }: PdsFile) =>
		crc64Hash !== undefined && stored === crc64Hash;
	const completed = async () =>
		await recover(
			async () => await complete(client, ref, { crc64Hash, isProved }),
			(error) => (error.facts.outcome === 'unknown' ? stateUnknown(error) : error),
		);
	const job: Job = {
		about: { fileId, uploadId },
		effect: 'notIdempotent',
		receipt: () => ({ fileId }),
		run: async () => ({ json: await completed() }),
	};
	return [job];
}

function stateUnknown(error: UploadError): UploadError {
	const { title } = error.facts;
	return error.with({
		title: 'It is unknown whether the upload was completed',
		description: `The response was lost (${title}). Check the folder before you start the upload again. With the option "CRC-64", the node can check by itself whether the file is the right one.`,
	});
}

function readCrc64(given: unknown): string | undefined {
	const text = readText(given, crc64Option.field.displayName);
	if (text === undefined) return undefined;
	if (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n) return text;
	throw badInput(
		`"${text}" is not a CRC-64`,
		'It is a whole number below 2^64, in decimal digits. Pass it as text: a number would lose digits.',
	);
}
