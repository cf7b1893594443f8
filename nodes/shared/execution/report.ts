import type { IDataObject } from 'n8n-workflow';

import type { UploadError } from '../errors';
import type { Planned } from './jobs';
import type { Settled, Visit } from './visit';

/** Number of files that a sentence lists by name. */
const NAMED = 10;

/**
 * Adds to the error of a failed run what became of the other files: which are stored, and which may
 * be. Users must know that before they run it again.
 *
 * @param planned the jobs of the run; the failed one has this error
 */
export function withOthers(
	error: UploadError,
	planned: Planned[],
	{ settled }: Pick<Visit, 'settled'>,
): UploadError {
	const stored = planned.flatMap((each) => storedIn(each, settled.get(each.key)));
	const unknown = planned.flatMap((each) => unknownIn(each, settled.get(each.key), error));
	if (stored.length + unknown.length === 0) return error;
	const sentences = [
		asSentence(error.facts.description),
		stored.length > 0 && `${count(stored.length)} stored anyway: ${names(stored)}.`,
		unknown.length > 0 &&
			`It is unknown whether ${unknown.length === 1 ? 'this file was' : 'these files were'} stored: ${names(unknown)}.`,
	];
	return error.with({
		description: sentences.filter(Boolean).join(' '),
		details: {
			...(stored.length > 0 && { stored }),
			...(unknown.length > 0 && { unknown }),
		},
	});
}

function storedIn({ itemIndex, job }: Planned, settled: Settled | undefined): IDataObject[] {
	if ('refusal' in job || !job.receipt || !settled || !('outputs' in settled)) return [];
	const { about, receipt } = job;
	return settled.outputs.map(({ json }) => ({ itemIndex, ...about, ...receipt(json) }));
}

function unknownIn(
	{ itemIndex, job }: Planned,
	settled: Settled | undefined,
	failure: UploadError,
): IDataObject[] {
	if (!settled || !('error' in settled) || settled.error === failure) return [];
	const { outcome, code, requestId, details } = settled.error.facts;
	return outcome === 'unknown' ? [{ itemIndex, ...job.about, code, requestId, ...details }] : [];
}

/** Adds a full stop where the text of a service lacks one. */
function asSentence(text = ''): string {
	return text === '' || /[.!?。！？)）]$/.test(text) ? text : `${text}.`;
}

function count(files: number): string {
	return files === 1 ? '1 file is' : `${files} files are`;
}

function names(files: IDataObject[]): string {
	const named = files.slice(0, NAMED).map(nameOf).join(', ');
	const more = files.length - NAMED;
	return more > 0 ? `${named} and ${more} more (all of them in the details)` : named;
}

function nameOf({ fileName, folderPath, sourceField, uploadKey }: IDataObject): string {
	const name = String(fileName ?? folderPath ?? sourceField);
	return uploadKey === undefined ? name : `${name} (upload key ${String(uploadKey)})`;
}
