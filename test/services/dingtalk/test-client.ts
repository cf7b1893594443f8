import { type Answer, send } from '../core/send';
import { SEED, type LocalDingTalk } from './index';

/** What an upload-info answer holds of interest to the next steps. */
export interface UploadPlace {
	uploadKey: string;
	url: string;
	headers: Record<string, string>;
}

/** Status and error code of an answer. */
export function codeOf({ status, json }: Answer): [number, string] {
	return [status, String((json as { code?: string }).code)];
}

/** A bare client of the service, for what the official SDK cannot send. */
export class TestClient {
	constructor(private readonly service: LocalDingTalk) {}

	async token(app = SEED.app): Promise<string> {
		const { appKey, appSecret } = app;
		const answer = await this.anonymous('/v1.0/oauth2/accessToken', { appKey, appSecret });
		return String((answer.json as { accessToken: string }).accessToken);
	}

	async anonymous(path: string, body: unknown): Promise<Answer> {
		return await send(`${this.service.apiUrl}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	}

	async get(path: string, query: Record<string, string>, token?: string): Promise<Answer> {
		return await send(`${this.service.apiUrl}${path}?${new URLSearchParams(query)}`, {
			headers: { 'x-acs-dingtalk-access-token': token ?? (await this.token()) },
		});
	}

	async post(
		path: string,
		query: Record<string, string>,
		body: unknown,
		token?: string,
	): Promise<Answer> {
		return await send(`${this.service.apiUrl}${path}?${new URLSearchParams(query)}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-acs-dingtalk-access-token': token ?? (await this.token()),
			},
			body: JSON.stringify(body),
		});
	}

	/** Step 1 with the least it needs, or with more. */
	async uploadInfo(
		parent: string,
		body: object = { protocol: 'HEADER_SIGNATURE' },
		unionId = SEED.operator.unionId,
	): Promise<Answer> {
		const path = `/v2.0/storage/spaces/files/${parent}/uploadInfos/query`;
		return await this.post(path, { unionId }, body);
	}

	/** Step 1, for use in step 2. */
	async place(parent: string): Promise<UploadPlace> {
		const { json } = await this.uploadInfo(parent);
		const { uploadKey, headerSignatureInfo } = json as {
			uploadKey: string;
			headerSignatureInfo: { resourceUrls: string[]; headers: Record<string, string> };
		};
		const { resourceUrls, headers } = headerSignatureInfo;
		return { uploadKey, url: resourceUrls[0], headers };
	}

	/** Step 3. */
	async commit(
		parent: string,
		uploadKey: string,
		name: string,
		option: object = {},
		unionId = SEED.operator.unionId,
	): Promise<Answer> {
		const path = `/v2.0/storage/spaces/files/${parent}/commit`;
		return await this.post(path, { unionId }, { uploadKey, name, option });
	}

	/** All three steps. */
	async upload(
		parent: string,
		name: string,
		body: string | Buffer,
		option: object = {},
	): Promise<Answer> {
		const { uploadKey, url, headers } = await this.place(parent);
		await send(url, { method: 'PUT', headers, body });
		return await this.commit(parent, uploadKey, name, option);
	}
}
