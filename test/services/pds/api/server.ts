import { setTimeout as sleep } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { changedAnswer, faultAnswer, type RawAnswer, rawAnswer } from '../../dingtalk/fault-answer';
import { strikesBeforeBody } from '../../dingtalk/faults';
import { newRequestId } from '../../dingtalk/ids';
import { OssError } from '../../dingtalk/oss/errors';
import { asBorrowedFault } from '../borrowed';
import { PdsError } from '../errors';
import type { PdsCall, PdsFault } from '../types';
import type { World } from '../world';
import { completeEndpoint, getFileEndpoint } from './complete';
import { getUserEndpoint } from './user';
import { addControlSurface } from './control';
import { createEndpoint } from './create';
import { listDrivesEndpoint, listMyDrivesEndpoint, listMyGroupDriveEndpoint } from './drives';
import type { Endpoint } from './endpoint';
import { listFileEndpoint } from './list';
import { tokenEndpoint } from './oauth';
import { getUploadUrlEndpoint, listUploadedPartsEndpoint } from './parts';
import { perform } from './perform';

const ENDPOINTS: Endpoint[] = [
	tokenEndpoint,
	createEndpoint,
	getUploadUrlEndpoint,
	listUploadedPartsEndpoint,
	completeEndpoint,
	getFileEndpoint,
	getUserEndpoint,
	listDrivesEndpoint,
	listMyDrivesEndpoint,
	listMyGroupDriveEndpoint,
	listFileEndpoint,
];

/** Ten thousand parts with their contexts make a body of a few megabytes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const records = new WeakMap<FastifyRequest, PdsCall>();

function send(reply: FastifyReply, call: PdsCall, answer: RawAnswer): FastifyReply {
	call.status = answer.status;
	if (answer.code !== undefined) call.code = answer.code;
	return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Takes the connection out of the framework's hands and breaks it. */
function breakOff(request: FastifyRequest, reply: FastifyReply, how: 'reset' | 'stall'): void {
	reply.hijack();
	if (how === 'reset') request.raw.socket.resetAndDestroy();
}

function truncate(request: FastifyRequest, reply: FastifyReply, answer: RawAnswer): void {
	reply.hijack();
	const bytes = Buffer.from(answer.body);
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.raw.socket.end());
}

/** The answer a fault gives without the request being carried out, if it does. */
function answerInstead(fault: PdsFault | undefined, requestId: string): RawAnswer | undefined {
	switch (fault?.kind) {
		case 'pdsError': {
			const { status, code, message = code } = fault;
			return rawAnswer(status, new PdsError(status, code, message).toBody());
		}
		case 'ossError': {
			const { status, code, message = code } = fault;
			return rawAnswer(status, new OssError(status, code, message).toXml(requestId, 'oss'));
		}
		case 'answer':
		case 'redirect':
			return faultAnswer(asBorrowedFault(fault), requestId);
		default:
			return undefined;
	}
}

async function answer(
	world: World,
	endpoint: Endpoint | undefined,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const call = records.get(request);
	if (!call) throw new Error('The request was not recorded');
	const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
	const work = perform(world, endpoint, call, body);
	const fault = await world.faults.meet(call, (one) => !strikesBeforeBody(asBorrowedFault(one)));
	let wait = world.settings.latencyMs;
	if (fault?.kind === 'delay') wait += fault.ms;
	if (fault?.kind === 'slow') wait += (body.length * 1000) / fault.bytesPerSecond;
	if (wait > 0) await sleep(wait, undefined, { ref: false });

	const instead = answerInstead(fault, request.id);
	if (instead) return send(reply, call, instead);
	if (fault?.kind === 'reset' && fault.when === 'afterBody')
		return breakOff(request, reply, 'reset');

	const result = work();
	switch (fault?.kind) {
		case 'stallAnswer':
			return breakOff(request, reply, 'stall');
		case 'reset':
			return breakOff(request, reply, 'reset');
		case 'truncatedAnswer':
			return truncate(request, reply, result);
		case 'answerAfter':
			return send(reply, call, faultAnswer(fault, request.id));
		case 'changedAnswer':
			return send(reply, call, changedAnswer(result, fault.change));
		default:
			return send(reply, call, result);
	}
}

/** Writes a request down, and breaks it when a fault strikes before its body is read. */
function begin(world: World, request: FastifyRequest, reply: FastifyReply): void {
	const endpoint = ENDPOINTS.find(
		(one) => request.method === 'POST' && one.path === request.routeOptions.url,
	);
	const call = world.recorder.begin('api', endpoint?.name ?? 'unknown', request.raw);
	records.set(request, call);
	const fault = world.faults.claim(call, (one) => strikesBeforeBody(asBorrowedFault(one)));
	if (fault?.kind === 'stall') breakOff(request, reply, 'stall');
	if (fault?.kind === 'reset' && fault.when === 'beforeBody') breakOff(request, reply, 'reset');
	if (fault?.kind === 'reset' && fault.when === 'duringBody') {
		// Bodies of the API are small: their first bytes are all there is to wait for.
		request.raw.once('data', () => request.raw.socket.resetAndDestroy());
		reply.hijack();
	}
}

/** The API front. */
export function createApiServer(world: World): FastifyInstance {
	const app = fastify({
		forceCloseConnections: true,
		genReqId: newRequestId,
		exposeHeadRoutes: false,
		bodyLimit: MAX_BODY_BYTES,
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	app.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith('/_local/')) return;
		reply.header('x-ca-request-id', request.id);
		begin(world, request, reply);
	});
	for (const endpoint of ENDPOINTS) {
		app.post(
			endpoint.path,
			async (request, reply) => await answer(world, endpoint, request, reply),
		);
	}
	app.setNotFoundHandler(async (request, reply) => await answer(world, undefined, request, reply));
	addControlSurface(app, world);
	return app;
}
