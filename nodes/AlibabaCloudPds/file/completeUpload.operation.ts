import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { optionsField, showFor } from '../../shared/fields/show';
import { optionsOf } from '../../shared/options';
import { runJobs, type Job } from '../../shared/run-jobs';
import { shareIdOption, uploadRefFields } from '../fields/upload-ref';
import { readUploadRef } from '../inputs/ids';
import { Run } from '../run';
import { complete } from '../upload/finish';

export const description: INodeProperties[] = showFor('file', 'completeUpload', [
	...uploadRefFields,
	optionsField([
		{
			displayName: 'CRC-64',
			name: 'crc64Hash',
			type: 'string',
			default: '',
			placeholder: 'e.g. 7693136983402465678',
			description:
				'CRC-64 (ECMA-182) of the whole file as an unsigned decimal number; the service compares it with what it has',
		},
		shareIdOption,
	]),
]);

/** Makes each item's uploaded parts a file and gives it. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await Run.start(context);
	const planItem = async (index: number) => [plan(run, index)];
	return await runJobs(context, planItem, run.concurrency, run.stop);
}

function plan({ context, client }: Run, itemIndex: number): Job {
	const ref = readUploadRef(context, itemIndex);
	const crc64Hash = readCrc64(optionsOf(context, itemIndex).crc64Hash);
	const { fileId, uploadId } = ref;
	return {
		about: { fileId, uploadId },
		run: async () => ({ json: await complete(client, ref, { crc64Hash }) }),
	};
}

function readCrc64(given: unknown): string | undefined {
	const text = String(given ?? '').trim();
	if (text === '') return undefined;
	if (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n) return text;
	throw badInput(
		`"${text}" is not a CRC-64`,
		'It is a whole number below 2^64, in decimal digits. Pass it as a text: as a number it loses digits.',
	);
}
