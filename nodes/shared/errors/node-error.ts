import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { TransportError } from '../transport';
import { badInput, fromTransport, UploadError, type UploadErrorFacts } from './upload-error';

/** Returns the data that the error panel and the error output show beside the message. */
export function errorDetails(facts: UploadErrorFacts): IDataObject {
	const { code, requestId, httpStatus, step, outcome, details } = facts;
	return defined({ code, requestId, httpStatus, step, outcome, ...details });
}

function defined(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * Converts any thrown value to an {@link UploadError}; foreign errors keep their message. n8n's
 * lint forbids rethrowing a caught value, so a catch block throws this result, even if it is one
 * already.
 */
export function toUploadError(error: unknown): UploadError {
	if (error instanceof UploadError) return error;
	if (error instanceof TransportError) return fromTransport(error, 'network');
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		const description = error.description ?? undefined;
		return badInput(error.message, description).with({ cause: error });
	}
	const title = error instanceof Error ? error.message : String(error);
	// An unforeseen error may have happened after something was sent.
	return new UploadError({ title, outcome: 'unknown', cause: error });
}

/** Converts an error to the n8n error that stops the execution and appears in the error panel. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const { facts } = toUploadError(error);
	const details = errorDetails(facts);
	const nodeError = facts.badInput
		? new NodeOperationError(node, facts.title, { itemIndex, level: 'warning' })
		: new NodeApiError(node, details as JsonObject, {
				message: facts.title,
				httpCode: facts.httpStatus?.toString(),
				itemIndex,
			});
	// n8n rewrites messages that contain the name of a system error, for example in a file name.
	nodeError.message = facts.title;
	nodeError.description = describe(facts);
	nodeError.context.data = details;
	return nodeError;
}

/**
 * Returns the item of a failed file, for "continue on fail" and the error output. Its only key is
 * `error`, an object: before 2.34.2, n8n outputs an item with any other key as a success.
 */
export function toErrorItem(error: unknown, itemIndex: number): INodeExecutionData {
	const { facts } = toUploadError(error);
	const { title: message, description } = facts;
	const said = defined({ message, description, ...errorDetails(facts) });
	return { json: { error: said }, pairedItem: { item: itemIndex } };
}

/** Returns what to do, with the code and the request ID that support asks for. */
export function describe({ description, code, requestId }: UploadErrorFacts): string {
	const reference = [code && `code ${code}`, requestId && `request id ${requestId}`]
		.filter(Boolean)
		.join(', ');
	return [description, reference && `(${reference})`].filter(Boolean).join(' ');
}
