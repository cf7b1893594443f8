import { UserError } from 'n8n-workflow';

import { toUploadError } from '../nodes/shared/errors';

/** Puts all that helps into the message: the credential dialog shows nothing else of an error. */
export async function withAdvice<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const { title, description } = toUploadError(error).facts;
		throw userError([title, description].filter(Boolean).join('. '));
	}
}

function userError(message: string): Error {
	return new UserError(message);
}
