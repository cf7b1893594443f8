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

/** What the error panel and the error output show beside the sentence. */
export function errorDetails(facts: UploadErrorFacts): IDataObject {
	const { code, requestId, httpStatus, step, outcome, details } = facts;
	return defined({ code, requestId, httpStatus, step, outcome, ...details });
}

function defined(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * Any thrown value as an {@link UploadError}; foreign errors keep their message. n8n's lint forbids
 * to rethrow what was caught, so a catch block throws the result of this, also a second time.
 */
export function toUploadError(error: unknown): UploadError {
	if (error instanceof UploadError) return error;
	if (error instanceof TransportError) return fromTransport(error, 'network');
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		const description = error.description ?? undefined;
		return badInput(error.message, description).with({ cause: error });
	}
	const title = error instanceof Error ? error.message : String(error);
	// What nobody has foreseen may have happened after something was sent.
	return new UploadError({ title, outcome: 'unknown', cause: error });
}

/** The n8n error that stops the execution and is shown in the error panel. */
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
	// n8n rewrites messages that contain the name of a system error, a file name for example.
	nodeError.message = facts.title;
	nodeError.description = describe(facts);
	nodeError.context.data = details;
	return nodeError;
}

/**
 * The item of a failed file for "continue on fail" and for the error output. Its one key is `error`,
 * an object: before 2.34.2 n8n puts an item with any other key out as a success.
 */
export function toErrorItem(error: unknown, itemIndex: number): INodeExecutionData {
	const { facts } = toUploadError(error);
	const { title: message, description } = facts;
	const said = defined({ message, description, ...errorDetails(facts) });
	return { json: { error: said }, pairedItem: { item: itemIndex } };
}

/** What to do, and the code and request id that support asks for. */
export function describe({ description, code, requestId }: UploadErrorFacts): string {
	const reference = [code && `code ${code}`, requestId && `request id ${requestId}`]
		.filter(Boolean)
		.join(', ');
	return [description, reference && `(${reference})`].filter(Boolean).join(' ');
}
