import type { IDataObject } from 'n8n-workflow';

import { fromTransport, toUploadError } from './errors';
import { TransportError, type HttpResponse, type Transport } from './transport';

/** API answers come within seconds; a silent connection is given up after this: milliseconds. */
const API_TIMEOUT = 30_000;

export interface JsonRequest {
	/** Step of the upload that the call is, for errors. */
	step: string;
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: IDataObject;
}

/**
 * Sends JSON to a service.
 *
 * @throws {UploadError} when no answer came; what an answer means is for the caller to say
 */
export async function sendJson(
	transport: Transport,
	{ step, method, url, headers, body }: JsonRequest,
): Promise<HttpResponse> {
	const contentType = body ? { 'Content-Type': 'application/json; charset=utf-8' } : undefined;
	try {
		return await transport.send({
			method,
			url,
			headers: { Accept: 'application/json', ...contentType, ...headers },
			body: body && JSON.stringify(body),
			timeout: API_TIMEOUT,
		});
	} catch (error) {
		throw error instanceof TransportError ? fromTransport(error, step) : toUploadError(error);
	}
}

/** Unset fields are left out of a body: the services take null for a value. */
export function defined(fields: IDataObject): IDataObject {
	const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(set);
}

/** The token of the next page; a service that repeats itself has no next page. */
export function nextPage(token: unknown, current: string | undefined): string {
	return typeof token === 'string' && token !== current ? token : '';
}

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Levels of objects in objects; the answers of the services have a handful. */
const DEEPEST = 100;

/**
 * @returns undefined when the text is not a JSON object, or a deeper one than any service gives: n8n
 * walks through items level by level and would run out of stack
 */
export function parseObject(text: string): IDataObject | undefined {
	const value = parseJson(text);
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject && !isTooDeep(value) ? (value as IDataObject) : undefined;
}

function isTooDeep(root: object): boolean {
	let level: unknown[] = [root];
	for (let depth = 0; depth <= DEEPEST; depth++) {
		level = level.flatMap((value) =>
			typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
		);
		if (level.length === 0) return false;
	}
	return true;
}

/** A text of an answer that says something; a number is one as well. */
export function textIn(value: unknown): string | undefined {
	const isText = typeof value === 'string' || typeof value === 'number';
	return isText && value !== '' ? String(value) : undefined;
}

/** Seconds; nothing that the services give lives longer. */
const LONGEST_LIFE = 365 * 24 * 3_600;

/** The seconds that something lives, as an answer tells. */
export function lifeIn(value: unknown, byDefault: number): number {
	const seconds = Number(textIn(value));
	return seconds > 0 ? Math.min(seconds, LONGEST_LIFE) : byDefault;
}

/** A token as an answer gives it; it has to fit into a header. */
export function tokenIn(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}
