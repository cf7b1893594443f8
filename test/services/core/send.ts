import { request } from 'undici';

/** An answer read to its end. */
export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	/** The parsed body, when it is JSON. */
	json: unknown;
}

interface Sent {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

/** Sends one request, exactly as given, and reads the answer. */
export async function send(url: string, options: Sent = {}): Promise<Answer> {
	const { method = 'GET', headers, body } = options;
	const response = await request(url, { method: method as 'GET', headers, body });
	const text = await response.body.text();
	const isJson = String(response.headers['content-type']).startsWith('application/json');
	return {
		status: response.statusCode,
		headers: response.headers,
		text,
		json: isJson ? (JSON.parse(text) as unknown) : undefined,
	};
}
