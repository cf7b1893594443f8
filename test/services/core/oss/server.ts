import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerInstead } from '../answer';
import type { Fault, RecordedCall, StoredBytes } from '../types';
import type { ServiceWorld } from '../world';
import { type OssAnswer, OssAnswering } from './answering';
import { Digest } from './digest';
import { OssError } from './errors';
import { give, type StoredContent } from './give';
import { MAX_OBJECT_BYTES, receive, type Reception, tooLarge } from './receive';
import { checkSignature, type SignedRequest } from './signature';

/** How an object is received, and what becomes of it. */
export interface Intake extends Reception {
	/** Stores it, and gives its ETag with quotes, '' for none. */
	keep(stored: StoredBytes): string;
}

/** What an OSS front is made of. */
export interface OssFront<Name extends string> {
	world: ServiceWorld<Name>;
	/** What a request to this path is called. */
	nameOf(path: string, method: string): Name;
	/** How old a signature in a header may be: milliseconds. Below 0 none is good, only in addresses. */
	headerLifeMs: number;
	/** Looks whether an object may be PUT that is signed for. Throws OssError. */
	take(call: RecordedCall<Name>, key: string): Intake | Promise<Intake>;
	/** Gives the object of a GET that is signed for; a storage without it takes PUTs only. */
	give?(key: string): Promise<StoredContent | undefined>;
}

/** One request under way. */
interface Put<Name extends string> {
	front: OssFront<Name>;
	request: IncomingMessage;
	response: ServerResponse;
	call: RecordedCall<Name>;
	answering: OssAnswering;
	fault: Fault | undefined;
}

function checkRequest(signed: SignedRequest, nowMs: number, headerLifeMs: number): void {
	checkSignature(signed, nowMs, headerLifeMs);
	if (signed.verb !== 'PUT') {
		throw new OssError(405, 'MethodNotAllowed', 'The specified method is not allowed.');
	}
	const { 'content-length': length, 'transfer-encoding': encoding } = signed.headers;
	if (length === undefined && encoding === undefined) {
		const message = 'You must provide the Content-Length HTTP header.';
		throw new OssError(411, 'MissingContentLength', message, { EC: '0017-00000303' });
	}
	if (Number(length ?? 0) > MAX_OBJECT_BYTES) throw tooLarge();
}

function keyOf(path: string): string {
	try {
		return decodeURIComponent(path).replace(/^\//, '');
	} catch {
		throw new OssError(400, 'InvalidURI', 'Could not parse the specified URI.');
	}
}

/** An MD5 as headers spell it, '' for none. */
function inBase64(md5: string): string {
	return Buffer.from(md5, 'hex').toString('base64');
}

function checkContentMd5(given: string | undefined, { md5 }: StoredBytes): void {
	const actual = inBase64(md5);
	if (!given || given === actual || md5 === '') return;
	throw new OssError(
		400,
		'InvalidDigest',
		'The Content-MD5 you specified did not match what we received.',
		{ 'Client-computed-MD5': given, 'Server-computed-MD5': actual, EC: '0017-00000101' },
	);
}

function storedAnswer({ md5, crc64 }: StoredBytes, etag: string): OssAnswer {
	return {
		status: 200,
		headers: {
			...(etag && { ETag: etag }),
			...(md5 && { 'Content-MD5': inBase64(md5) }),
			...(crc64 && { 'x-oss-hash-crc64ecma': crc64 }),
		},
	};
}

async function store<Name extends string>(put: Put<Name>): Promise<void> {
	const { front, request, call, answering, fault } = put;
	const { method: verb, headers, query } = call;
	const key = keyOf(call.path);
	if (verb === 'GET' && front.give) return await fetch(put, key);
	checkRequest({ verb, key, headers, query }, front.world.settings.now(), front.headerLifeMs);
	const intake = await front.take(call, key);
	const stored = await receive(request, call, intake, fault);
	if (!stored) {
		request.socket.destroy();
		return;
	}
	if (fault?.kind === 'reset' && fault.when === 'afterBody') return answering.reset();
	checkContentMd5(headers['content-md5'], stored);
	await answering.sendWith(fault, storedAnswer(stored, intake.keep(stored)));
}

/** Gives an object. Throws OssError. */
async function fetch<Name extends string>(put: Put<Name>, key: string): Promise<void> {
	const { front, call, response, answering, fault } = put;
	const { method: verb, headers, query } = call;
	checkSignature({ verb, key, headers, query }, front.world.settings.now(), front.headerLifeMs);
	const stored = await front.give?.(key);
	if (!stored) {
		throw new OssError(404, 'NoSuchKey', 'The specified key does not exist.', {
			Key: key,
			EC: '0026-00000001',
		});
	}
	const content = fault?.kind === 'otherBytes' ? await contentOf(fault.bytes, stored) : stored;
	await give({ call, response, answering, fault }, content);
}

/** Other bytes in place of an object's, with their own digests. */
async function contentOf(bytes: Buffer, { modifiedAt }: StoredContent): Promise<StoredContent> {
	const digest = await Digest.begin(['md5', 'crc64']);
	digest.update(bytes);
	return { ...digest.finish(), bytes, modifiedAt };
}

/** What a fault makes happen in place of storing the object, if it does. */
async function playInstead<Name extends string>(put: Put<Name>): Promise<boolean> {
	const { front, request, answering, fault } = put;
	if (fault?.kind === 'changedAnswer') throw new Error('An answer of OSS has no JSON to change');
	if (fault?.kind === 'ossError') {
		throw new OssError(fault.status, fault.code, fault.message ?? fault.code);
	}
	const instead = answerInstead(fault, front.world, answering.requestId);
	if (instead) answering.send(instead);
	if (fault?.kind !== 'lostPart') return instead !== undefined;
	for await (const chunk of request) void chunk;
	answering.send({ status: 200, headers: fault.headers, elsewhere: true });
	return true;
}

function nameOf<Name extends string>(front: OssFront<Name>, request: IncomingMessage): Name {
	return front.nameOf(request.url ?? '/', request.method ?? '');
}

async function serve<Name extends string>(
	front: OssFront<Name>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { world } = front;
	const call = world.recorder.begin('oss', nameOf(front, request), request);
	const fault = await world.faults.meet(call);
	const answering = new OssAnswering(request, response, call, world);
	if (fault?.kind === 'interim') answering.sendInterim(fault.heads);
	if (fault?.kind === 'reset' && fault.when === 'beforeBody') return answering.reset();
	const wait = world.settings.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
	if (wait > 0) await sleep(wait, undefined, { ref: false });
	const put = { front, request, response, call, answering, fault };
	try {
		if (!(await playInstead(put))) await store(put);
	} catch (error) {
		if (!(error instanceof OssError)) throw error;
		answering.sendError(error);
	}
}

/** The OSS front of a service: stores what is PUT, and gives what is got, with a good signature. */
export function createOssServer<Name extends string>(front: OssFront<Name>): Server {
	const server = createServer({ highWaterMark: 256 * 1024 }, (request, response) => {
		serve(front, request, response).catch((error: unknown) => {
			request.socket.destroy();
			throw error;
		});
	});
	// An upload may take as long as it takes, as long as it moves.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 60_000;
	return server;
}
