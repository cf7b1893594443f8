import {
	sleep,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';

import {
	connectError,
	USER_AGENT,
	type CallTransport,
	type HttpRequest,
	type HttpResponse,
} from '../nodes/shared/transport';

/**
 * Creates a transport over n8n's own request helper, the only one that a credential gets: it
 * respects the domains that the user allows for the credential.
 */
export function helperTransport(helpers: IHttpRequestHelper['helpers']): CallTransport {
	return {
		async send({ method, url, headers, body, timeout }: HttpRequest): Promise<HttpResponse> {
			const response = await requestWith(helpers, {
				method,
				url,
				headers: { 'User-Agent': USER_AGENT, ...headers },
				body: body as string | undefined,
				timeout,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			});
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

/**
 * Sends a request, and converts network failures, which the helper identifies by a code, to errors
 * with texts for the user.
 */
async function requestWith(
	helpers: IHttpRequestHelper['helpers'],
	request: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	try {
		return (await helpers.httpRequest(request)) as IN8nHttpFullResponse;
	} catch (error) {
		const hasCode = typeof (error as { code?: unknown }).code === 'string';
		throw hasCode ? connectError(error, new URL(request.url).host) : error;
	}
}

/** The helper parses JSON even when asked for text. */
function textOf(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
