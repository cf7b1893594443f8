import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultAnswer } from '../fault-answer';
import type { Fault, StoredBytes, StoredObject } from '../types';
import type { World } from '../world';
import { changedBy, errorAnswer, type OssAnswer, OssAnswering } from './answer';
import { OssError } from './errors';
import { MAX_OBJECT_BYTES, receive, tooLarge } from './receive';
import { checkSignature, type SignedRequest } from './signature';

function checkRequest(request: IncomingMessage, signed: SignedRequest, world: World): void {
	const { now, signatureLifeSeconds } = world.settings;
	checkSignature(signed, now(), signatureLifeSeconds * 1000);
	if (signed.verb !== 'PUT') {
		throw new OssError(405, 'MethodNotAllowed', 'The specified method is not allowed.');
	}
	const length = request.headers['content-length'];
	if (length === undefined && request.headers['transfer-encoding'] === undefined) {
		throw new OssError(
			411,
			'MissingContentLength',
			'You must provide the Content-Length HTTP header.',
			{ EC: '0017-00000303' },
		);
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

function checkContentMd5(given: string | undefined, stored: StoredBytes): void {
	const actual = Buffer.from(stored.md5, 'hex').toString('base64');
	if (!given || given === actual || stored.md5 === '') return;
	throw new OssError(
		400,
		'InvalidDigest',
		'The Content-MD5 you specified did not match what we received.',
		{ 'Client-computed-MD5': given, 'Server-computed-MD5': actual, EC: '0017-00000101' },
	);
}

function stored(world: World, key: string, contentType: string, bytes: StoredBytes): OssAnswer {
	const object: StoredObject = {
		key,
		contentType,
		puts: (world.objects.get(key)?.puts ?? 0) + 1,
		...bytes,
	};
	world.objects.set(key, object);
	return {
		status: 200,
		headers: {
			...(bytes.md5 && {
				ETag: `"${bytes.md5.toUpperCase()}"`,
				'Content-MD5': Buffer.from(bytes.md5, 'hex').toString('base64'),
			}),
			...(bytes.crc64 && { 'x-oss-hash-crc64ecma': bytes.crc64 }),
		},
	};
}

async function put(
	world: World,
	request: IncomingMessage,
	answering: OssAnswering,
	signed: SignedRequest,
	received: Promise<StoredBytes | undefined>,
	fault: Fault | undefined,
): Promise<void> {
	const bytes = await received;
	if (!bytes) {
		request.socket.destroy();
		return;
	}
	if (fault?.kind === 'reset' && fault.when === 'afterBody') return answering.reset();
	checkContentMd5(signed.headers['content-md5'], bytes);
	const answer = stored(world, signed.key, signed.headers['content-type'] ?? '', bytes);
	if (fault?.kind === 'holdAnswer') await fault.until;
	if (fault?.kind === 'stallAnswer') return;
	if (fault?.kind === 'reset') return answering.reset();
	if (fault?.kind === 'truncatedAnswer') return answering.truncate(answer);
	if (fault?.kind === 'moreHeaders') return answering.sendWith(fault.lines, answer);
	if (fault?.kind === 'slowAnswer') return answering.sendSlowly(fault.bytesPerSecond, answer);
	answering.send(changedBy(fault, answer));
}

async function serve(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = request.url ?? '/';
	const isResource = url.startsWith('/core/');
	const call = world.recorder.begin('oss', isResource ? 'docPut' : 'ossPut', request);
	const fault = await world.faults.meet(call);
	const answering = new OssAnswering(request, response, call, {
		now: world.settings.now,
		isClosing: () => world.refusing.has('oss'),
	});
	if (fault?.kind === 'interim') answering.sendInterim(fault.heads);
	if (fault?.kind === 'changedAnswer') throw new Error('An answer of OSS has no JSON to change');
	if (fault?.kind === 'reset' && fault.when === 'beforeBody') return answering.reset();
	const wait = world.settings.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
	if (wait > 0) await sleep(wait, undefined, { ref: false });
	try {
		if (fault?.kind === 'ossError') {
			throw new OssError(fault.status, fault.code, fault.message ?? fault.code);
		}
		if (fault && ['answer', 'dingtalkError', 'redirect'].includes(fault.kind)) {
			return answering.send(faultAnswer(fault, answering.requestId));
		}
		const { query, headers } = call;
		const key = keyOf(call.path);
		const signed = { verb: call.method, key, headers, query };
		checkRequest(request, signed, world);
		const received = receive(request, call, { ...world.settings, fault });
		await put(world, request, answering, signed, received, fault);
	} catch (error) {
		if (!(error instanceof OssError)) throw error;
		const host = request.headers.host ?? '';
		answering.send(errorAnswer(error, host, answering.requestId));
	}
}

/** The OSS front: stores what is PUT with a good signature. */
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
