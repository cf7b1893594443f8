import { setTimeout as sleep } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { OssError } from '../oss/errors';
import {
	changedAnswer,
	encodedAnswer,
	faultAnswer,
	type RawAnswer,
	rawAnswer,
} from '../fault-answer';
import { strikesBeforeBody } from '../faults';
import { newRequestId } from '../ids';
import { rawHead, sendSlowly } from '../raw-socket';
import type { Fault, RecordedCall } from '../types';
import type { World } from '../world';
import { commitEndpoint } from './commit';
import { contactEndpoints } from './contact';
import { addControlSurface } from './control';
import { documentEndpoints } from './document';
import type { Endpoint } from './endpoint';
import { createFolderEndpoint } from './folder';
import { oauthEndpoints } from './oauth';
import { perform } from './perform';
import { searchEndpoints } from './search';
import { uploadInfoEndpoint } from './upload';
import { wikiEndpoints } from './wiki';

const ENDPOINTS: Endpoint[] = [
	...oauthEndpoints,
	uploadInfoEndpoint,
	commitEndpoint,
	createFolderEndpoint,
	...documentEndpoints,
	...wikiEndpoints,
	...searchEndpoints,
	...contactEndpoints,
];

/** What every answer of the service has. */
const OWN_HEADERS = ['x-acs-request-id', 'x-acs-trace-id'];

const records = new WeakMap<FastifyRequest, RecordedCall>();

function send(reply: FastifyReply, call: RecordedCall, answer: RawAnswer): FastifyReply {
	call.status = answer.status;
	if (answer.code !== undefined) call.code = answer.code;
	if (answer.elsewhere) for (const name of OWN_HEADERS) reply.removeHeader(name);
	return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Takes the connection out of the framework's hands and breaks it. */
function breakOff(request: FastifyRequest, reply: FastifyReply, how: 'reset' | 'stall'): void {
	reply.hijack();
	if (how === 'reset') request.raw.socket.resetAndDestroy();
}

function truncate(request: FastifyRequest, reply: FastifyReply, answer: RawAnswer): void {
	reply.hijack();
	const { status, headers, body } = answer;
	reply.raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
	reply.raw.write(Buffer.from(body).subarray(0, Math.floor(Buffer.byteLength(body) / 2)), () =>
		request.raw.socket.end(),
	);
}

/** Writes the answer itself, with these lines at its beginning, or at this speed; then closes. */
function sendRaw(
	request: FastifyRequest,
	reply: FastifyReply,
	answer: RawAnswer,
	fault: Extract<Fault, { kind: 'moreHeaders' | 'slowAnswer' }>,
): void {
	reply.hijack();
	const { socket } = request.raw;
	const headers = {
		...(reply.getHeaders() as Record<string, string>),
		...answer.headers,
		'content-length': String(Buffer.byteLength(answer.body)),
		connection: 'close',
	};
	const lines = fault.kind === 'moreHeaders' ? fault.lines : [];
	const head = rawHead(answer.status, lines, headers);
	if (fault.kind === 'slowAnswer') {
		return sendSlowly(socket, head, answer.body, fault.bytesPerSecond);
	}
	socket.write(head);
	socket.end(answer.body);
}

function parseBody(request: FastifyRequest): unknown {
	const text = request.body;
	if (typeof text !== 'string') return undefined;
	const type = request.headers['content-type'] ?? '';
	if (type.startsWith('application/x-www-form-urlencoded') && request.url.startsWith('/topapi/')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (!type.startsWith('application/json')) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The answer a fault gives without the request being carried out, if it does. */
function answerInstead(fault: Fault | undefined, requestId: string): RawAnswer | undefined {
	switch (fault?.kind) {
		case 'ossError': {
			const { status, code, message = code } = fault;
			return rawAnswer(status, new OssError(status, code, message).toXml(requestId, 'oss'));
		}
		case 'answer':
		case 'redirect':
		case 'dingtalkError':
			return faultAnswer(fault, requestId);
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
	call.body = parseBody(request);
	const fault = await world.faults.meet(call, (one) => !strikesBeforeBody(one));
	let wait = world.settings.latencyMs;
	if (fault?.kind === 'delay') wait += fault.ms;
	if (fault?.kind === 'slow') {
		wait += (Buffer.byteLength(String(request.body ?? '')) * 1000) / fault.bytesPerSecond;
	}
	if (wait > 0) await sleep(wait, undefined, { ref: false });

	const instead = answerInstead(fault, request.id);
	if (instead) return send(reply, call, instead);
	if (fault?.kind === 'reset' && fault.when === 'afterBody')
		return breakOff(request, reply, 'reset');

	const { query, body } = call;
	const params = request.params as Record<string, string>;
	const header = call.headers['x-acs-dingtalk-access-token'];
	const token = endpoint?.access === 'query' ? query.access_token : header;
	const result = perform(endpoint, { world, params, query, body }, token, request.id);
	if (fault?.kind === 'holdAnswer') await fault.until;
	switch (fault?.kind) {
		case 'stallAnswer':
			return breakOff(request, reply, 'stall');
		case 'reset':
			return breakOff(request, reply, 'reset');
		case 'truncatedAnswer':
			return truncate(request, reply, result);
		case 'moreHeaders':
		case 'slowAnswer':
			call.status = result.status;
			return sendRaw(request, reply, result, fault);
		case 'changedAnswer':
			return send(reply, call, changedAnswer(result, fault.change));
		case 'answerAfter':
			return send(reply, call, faultAnswer(fault, request.id));
		case 'encodedAnswer':
			return send(reply, call, encodedAnswer(result, fault.encoding));
		case 'changedHeaders':
			throw new Error('Only the storage changes headers');
		case 'interim':
			for (let sent = 0; sent < fault.heads; sent++) reply.raw.writeContinue();
			return send(reply, call, result);
		default:
			return send(reply, call, result);
	}
}

/** The API front. */
export function createApiServer(world: World): FastifyInstance {
	const names = new Map(ENDPOINTS.map((one) => [`${one.method} ${one.path}`, one.name]));
	const app = fastify({
		forceCloseConnections: true,
		genReqId: newRequestId,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 500 },
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

	app.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith('/_local/')) return;
		reply.headers({
			date: new Date(world.settings.now()).toUTCString(),
			'x-acs-request-id': request.id,
			'x-acs-trace-id': request.id.toLowerCase(),
		});
		const name = names.get(`${request.method} ${request.routeOptions.url ?? ''}`) ?? 'unknown';
		const call = world.recorder.begin('api', name, request.raw);
		records.set(request, call);
		const fault = world.faults.claim(call, strikesBeforeBody);
		if (fault?.kind === 'stall') breakOff(request, reply, 'stall');
		if (fault?.kind === 'reset' && fault.when === 'beforeBody') breakOff(request, reply, 'reset');
		if (fault?.kind === 'reset' && fault.when === 'duringBody') {
			// Bodies of the API are small: their first bytes are all there is to wait for.
			request.raw.once('data', () => request.raw.socket.resetAndDestroy());
			reply.hijack();
		}
	});
	app.addHook('onSend', async (_request, reply) => {
		if (world.refusing.has('api')) reply.header('connection', 'close');
	});
	for (const endpoint of ENDPOINTS) {
		app.route({
			method: endpoint.method,
			url: endpoint.path,
			handler: async (request, reply) => await answer(world, endpoint, request, reply),
		});
	}
	app.setNotFoundHandler(async (request, reply) => await answer(world, undefined, request, reply));
	addControlSurface(app, world);
	return app;
}
