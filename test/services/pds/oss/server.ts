import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultAnswer } from '../../dingtalk/fault-answer';
import { changedBy, errorAnswer, type OssAnswer, OssAnswering } from '../../dingtalk/oss/answer';
import { OssError } from '../../dingtalk/oss/errors';
import { MAX_OBJECT_BYTES, tooLarge } from '../../dingtalk/oss/receive';
import { checkSignature } from '../../dingtalk/oss/signature';
import { asBorrowedCall, asBorrowedFault } from '../borrowed';
import type { PdsCall, PdsFault } from '../types';
import type { World } from '../world';
import { checkOrder, receivePart, type ReceivedPart, uploadOf } from './part';

/** PDS signs addresses only; a header signature in time would be none of its own. */
const NO_HEADER_LIFE_MS = -1;

function checkRequest(world: World, call: PdsCall, key: string): void {
	const { method, headers, query } = call;
	const signed = { verb: method, key, headers, query };
	checkSignature(signed, world.settings.now(), NO_HEADER_LIFE_MS);
	if (method !== 'PUT') {
		throw new OssError(405, 'MethodNotAllowed', 'The specified method is not allowed.');
	}
	const length = headers['content-length'];
	if (length === undefined && headers['transfer-encoding'] === undefined) {
		const message = 'You must provide the Content-Length HTTP header.';
		throw new OssError(411, 'MissingContentLength', message, { EC: '0017-00000303' });
	}
	if (Number(length ?? 0) > MAX_OBJECT_BYTES) throw tooLarge();
}

function checkContentMd5(call: PdsCall, { stored }: ReceivedPart): void {
	const given = call.headers['content-md5'];
	if (!given || !stored.md5 || given === Buffer.from(stored.md5, 'hex').toString('base64')) return;
	const message = 'The Content-MD5 you specified did not match what we received.';
	throw new OssError(400, 'InvalidDigest', message, { EC: '0017-00000101' });
}

function storedAnswer(received: ReceivedPart, etag: string): OssAnswer {
	const { md5, crc64 } = received.stored;
	const contentMd5 = Buffer.from(md5, 'hex').toString('base64');
	return {
		status: 200,
		headers: {
			ETag: etag,
			...(md5 && { 'Content-MD5': contentMd5 }),
			...(crc64 && { 'x-oss-hash-crc64ecma': crc64 }),
		},
	};
}

async function put(
	world: World,
	request: IncomingMessage,
	answering: OssAnswering,
	call: PdsCall,
	fault: PdsFault | undefined,
): Promise<void> {
	const key = call.path.slice(1);
	checkRequest(world, call, key);
	const upload = uploadOf(world, call, key);
	checkOrder(upload, Number(call.query.partNumber));
	const received = await receivePart(world, upload, request, call, fault);
	if (!received) {
		request.socket.destroy();
		return;
	}
	if (fault?.kind === 'reset' && fault.when === 'afterBody') return answering.reset();
	checkContentMd5(call, received);
	const answer = storedAnswer(received, received.keep().etag);
	switch (fault?.kind) {
		case 'stallAnswer':
			return;
		case 'reset':
		case 'shortPart':
			return answering.reset();
		case 'truncatedAnswer':
			return answering.truncate(answer);
		case 'otherBytes':
			return answering.send({ ...answer, headers: fault.change(answer.headers ?? {}) });
		default:
			return answering.send(changedBy(fault && asBorrowedFault(fault), answer));
	}
}

async function serve(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const call = world.recorder.begin('oss', 'partPut', request);
	const fault = world.faults.claim(call);
	const answering = new OssAnswering(request, response, asBorrowedCall(call), world.settings);
	if (fault?.kind === 'reset' && fault.when === 'beforeBody') return answering.reset();
	const wait = world.settings.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
	if (wait > 0) await sleep(wait, undefined, { ref: false });
	try {
		if (fault?.kind === 'ossError') {
			throw new OssError(fault.status, fault.code, fault.message ?? fault.code);
		}
		if (fault?.kind === 'answer' || fault?.kind === 'redirect') {
			return answering.send(faultAnswer(asBorrowedFault(fault), answering.requestId));
		}
		if (fault?.kind === 'lostPart') {
			for await (const chunk of request) void chunk;
			return answering.send({ status: 200, headers: fault.headers, elsewhere: true });
		}
		await put(world, request, answering, call, fault);
	} catch (error) {
		if (!(error instanceof OssError)) throw error;
		answering.send(errorAnswer(error, request.headers.host ?? '', answering.requestId));
	}
}

/** The OSS front: takes parts at the addresses that were given out. */
export function createOssServer(world: World): Server {
	const server = createServer({ highWaterMark: 256 * 1024 }, (request, response) => {
		serve(world, request, response).catch((error: unknown) => {
			request.socket.destroy();
			throw error;
		});
	});
	// An upload may take as long as it takes, as long as it moves.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 60_000;
	return server;
}
