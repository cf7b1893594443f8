import { toUploadError, type UploadErrorFacts } from '../../../../../nodes/shared/errors';
import { UndiciTransport } from '../../../../../nodes/shared/transport';

export interface ChildAnswer {
	/** That of the answer, if there was one. */
	status?: number;
	/** Why there was none. */
	facts?: UploadErrorFacts;
}

/** Makes one request to the URL named in the environment, in the environment it was given. */
async function main(): Promise<void> {
	const url = process.env.REQUEST_URL ?? '';
	const request = { method: 'POST' as const, url, headers: {}, body: '{}', timeout: 5000 };
	const answer: ChildAnswer = await new UndiciTransport().send(request).then(
		({ status }) => ({ status }),
		(error: unknown) => ({ facts: { ...toUploadError(error).facts, cause: undefined } }),
	);
	process.send?.(answer, () => process.exit());
}

void main();
