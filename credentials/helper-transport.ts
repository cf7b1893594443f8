import { sleep, type IHttpRequestHelper, type IN8nHttpFullResponse } from 'n8n-workflow';

import type { HttpRequest, HttpResponse, Transport } from '../nodes/shared/transport';

/**
 * The transport of the nodes over n8n's own request helper, which is all that a credential gets:
 * it keeps to the domains that the user allows for the credential.
 */
export function helperTransport(helpers: IHttpRequestHelper['helpers']): Transport {
	return {
		async send({ method, url, headers, body, timeout }: HttpRequest): Promise<HttpResponse> {
			const response = (await helpers.httpRequest({
				method,
				url,
				headers,
				body: body as string | undefined,
				timeout,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})) as IN8nHttpFullResponse;
			return {
				status: response.statusCode,
				headers: response.headers as Record<string, string>,
				text: textOf(response.body),
			};
		},
		wait: sleep,
		orCancelled: async (work) => await work,
	};
}

/** The helper parses JSON on its own account. */
function textOf(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
