import { setTimeout as sleep } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerInstead, rawAnswer } from '../answer';
import { strikesBeforeBody } from '../fault-book';
import { newRequestId } from '../ids';
import { OssError } from '../oss/errors';
import type { Fault, RecordedCall } from '../types';
import { parsedBody } from './body';
import { addControlSurface, CONTROL } from './control';
import type { ApiFront, Route } from './front';
import { breakEarly, breakOff, send, sendWith } from './play';

/** Ten thousand parts with their contexts make a body of a few megabytes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

function waitOf(fault: Fault | undefined, latencyMs: number, bodyBytes: number): number {
	if (fault?.kind === 'delay') return latencyMs + fault.ms;
	if (fault?.kind === 'slow') return latencyMs + (bodyBytes * 1000) / fault.bytesPerSecond;
	return latencyMs;
}

/** The API front of a service. */
export function createApiServer<Name extends string, One extends Route<Name | 'unknown'>>(
	front: ApiFront<Name | 'unknown', One>,
): FastifyInstance {
	const { world, endpoints } = front;
	const byRoute = new Map(endpoints.map((one) => [`${one.method ?? 'POST'} ${one.path}`, one]));
	const records = new WeakMap<FastifyRequest, RecordedCall<Name | 'unknown'>>();
	const app = fastify({
		forceCloseConnections: true,
		genReqId: newRequestId,
		exposeHeadRoutes: false,
		bodyLimit: MAX_BODY_BYTES,
		routerOptions: { maxParamLength: 500 },
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	app.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith(CONTROL)) return;
		const date = new Date(world.settings.now()).toUTCString();
		reply.headers({ date, ...front.ownHeaders(request.id) });
		const endpoint = byRoute.get(`${request.method} ${request.routeOptions.url ?? ''}`);
		const call = world.recorder.begin('api', endpoint?.name ?? 'unknown', request.raw);
		records.set(request, call);
		breakEarly({ request, reply }, world.faults.claim(call, strikesBeforeBody));
	});
	app.addHook('onSend', async (_request, reply) => {
		if (world.refusing.has('api')) reply.header('connection', 'close');
	});

	async function answer(
		endpoint: One | undefined,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<unknown> {
		const call = records.get(request);
		if (!call) throw new Error('The request was not recorded');
		const exchange = { request, reply, call, ownHeaders: Object.keys(front.ownHeaders('')) };
		const raw = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
		call.body = parsedBody(call, raw.toString(), endpoint?.bodies);
		const fault = await world.faults.meet(call, (one) => !strikesBeforeBody(one));
		const wait = waitOf(fault, world.settings.latencyMs, raw.length);
		if (wait > 0) await sleep(wait, undefined, { ref: false });
		if (fault?.kind === 'ossError') {
			const { status, code, message = code } = fault;
			const error = new OssError(status, code, message);
			return send(exchange, rawAnswer(status, error.toXml(request.id, 'oss')));
		}
		const instead = answerInstead(fault, world, request.id);
		if (instead) return send(exchange, instead);
		if (fault?.kind === 'reset' && fault.when === 'afterBody') return breakOff(exchange, 'reset');
		const params = request.params as Record<string, string>;
		const done = front.perform(endpoint, { call, params, raw, requestId: request.id });
		return await sendWith(fault, exchange, done);
	}

	for (const endpoint of endpoints) {
		app.route({
			method: endpoint.method ?? 'POST',
			url: endpoint.path,
			handler: async (request, reply) => await answer(endpoint, request, reply),
		});
	}
	app.setNotFoundHandler(async (request, reply) => await answer(undefined, request, reply));
	addControlSurface(app, world);
	return app;
}
