import type { FastifyInstance } from 'fastify';
import { CONTROL } from '../../core/api/control';
import { SAMPLES } from '../samples';

/** Gives out the sample files, for workflows that download what they upload. */
export function addSamples(app: FastifyInstance): void {
	app.get<{ Params: { name: string } }>(`${CONTROL}files/:name`, async (request, reply) => {
		const sample = SAMPLES[request.params.name];
		if (!sample) return await reply.code(404).send({ error: `Known: ${Object.keys(SAMPLES)}` });
		return await reply
			.header('content-type', sample.mediaType)
			.header('content-disposition', `attachment; filename="${request.params.name}"`)
			.send(sample.bytes());
	});
}
